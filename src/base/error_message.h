// How an error looks to the user: what, where with a caret, what to do.
#pragma once

#include <string>

#include "tidemark/error.h"

namespace tidemark {

/// Several lines, the last with its line end. Colour only when asked for.
std::string error_message(const Error& error, bool colour);

/// The place alone: `file:line:col`, the line and the caret under it.
std::string excerpt(const SourceRange& range, bool colour);

}  // namespace tidemark
