// What certainly only reads, in SQLite's dialect. A libSQL server has no mode for that, and may
// have functions that write files, read them, or load programs.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "apply/sql_lexer.h"

namespace tidemark::studio {

/// The first function, or table that is made by one, which is none of those known to read the
/// database and nothing else; empty where there is none.
std::string unknown_call(std::string_view sql);

/// A PRAGMA that tells something and sets nothing.
bool only_tells(std::span<const Token> pragma);

/// Throws DatabaseError, naming the call, where `sql` has an unknown one.
void require_known_calls(std::string_view sql);

}  // namespace tidemark::studio
