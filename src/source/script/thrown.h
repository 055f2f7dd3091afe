#pragma once

#include <jsapi.h>

#include "source/script/script_error.h"

namespace tidemark::script {

/// Takes the pending exception. Its place is the nearest frame in the user's own
/// files, for an error of syntax the place in the text.
ScriptError take_thrown(JSContext* cx);

/// The nearest running frame in the user's files; its message is empty.
ScriptError user_frame(JSContext* cx, JS::HandleObject stack);

}  // namespace tidemark::script
