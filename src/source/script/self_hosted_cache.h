#pragma once

struct JSContext;

namespace tidemark::script {

/// Starts the library functions that the engine has written in JavaScript. They
/// were parsed when the program was built, which saves two thirds of its start;
/// with another build of the engine than at that time they are parsed anew.
void start_self_hosted_code(JSContext* cx);

}  // namespace tidemark::script
