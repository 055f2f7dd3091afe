// What a SQLite database holds, in a form that two databases share when they hold
// the same, however they came to it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connection.h"

namespace tidemark {

/// By kind and name ("table users"): the parts of its definition, sorted, without
/// spelling (quotes, case, space) and with column references as table constraints.
using SqliteImage = std::map<std::string, std::vector<std::string>>;

SqliteImage read_sqlite_image(Connection& database);

/// The parts of one definition, as CREATE TABLE, CREATE INDEX or CREATE VIEW.
std::vector<std::string> definition_parts(std::string_view sql);

/// The first thing in which two databases differ, as a sentence; empty if none.
std::string first_difference(const SqliteImage& is, const SqliteImage& should_be);

}  // namespace tidemark
