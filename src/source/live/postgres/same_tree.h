// Compares SQL by what PostgreSQL's own parser makes of it.
#pragma once

#include <string>

#include "tidemark/catalog.h"

namespace tidemark::postgres_live {

/// Whether two statements are one parse tree: what is spelling, redundant parentheses, and the
/// name of `table`, if there is one, before its columns are no difference. False also where one
/// of them cannot be parsed: the parser is that of version 15.
bool same_statement(const std::string& one, const std::string& other, const Path* table = nullptr);

/// The same of two expressions of a table.
bool same_expression(const std::string& one, const std::string& other, const Path& table);

}  // namespace tidemark::postgres_live
