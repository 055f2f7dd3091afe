// A change in words, and the place in the schema that asked for it.
#pragma once

#include <string>

#include "tidemark/change.h"

namespace tidemark {

/// One phrase: `add column users.age`.
std::string reason(const Change& change);

/// The user's line; for what is dropped, the table it was in has none.
Origin origin(const Change& change);

}  // namespace tidemark
