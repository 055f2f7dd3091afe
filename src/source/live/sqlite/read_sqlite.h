#pragma once

#include "source/live/live.h"

namespace tidemark::sqlite_live {

/// Everything in two queries, whatever the number of tables. Left out are tables that
/// belong to SQLite, to a host (libSQL, D1, Litestream), to a virtual table, or to us.
LiveCatalog read_sqlite(Connection& database, const LiveScope& scope);

/// One of the types that Drizzle has, where a column of this type means the same:
/// `VARCHAR(20)` as `text(20)`, `BIGINT` as `integer`. As the peer's `pull` does, but for
/// vectors of libSQL: no other type means the same, so they stay as they are.
std::string plain_type(const std::string& type);

}  // namespace tidemark::sqlite_live
