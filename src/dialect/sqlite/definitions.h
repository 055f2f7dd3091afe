// Definitions as SQLite has them. Those of a large schema are more than a libSQL server answers
// with at once.
#pragma once

#include <string>

#include "connect/connection.h"

namespace tidemark::sqlite_sql {

/// `query` takes rows of sqlite_master in a certain order, with a column `sql`. On a libSQL server
/// it comes in pages where all definitions together are large; that is found out with the first.
Rows read_definitions(Connection& database, const std::string& query);

/// Whether they go into one answer, and into one value.
inline constexpr const char* few_definitions =
    "(SELECT total(length(CAST(sql AS blob))) FROM sqlite_master) < 4000000";

}  // namespace tidemark::sqlite_sql
