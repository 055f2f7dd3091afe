// Several mistakes, reported at once.
#pragma once

#include <vector>

#include "tidemark/error.h"

namespace tidemark {

/// One error for many: the first, with the others behind it. Places that know
/// their line's number and not its text get the text from the file.
[[noreturn]] void throw_all(std::vector<Error> errors);

}  // namespace tidemark
