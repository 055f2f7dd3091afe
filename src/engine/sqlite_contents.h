// The objects of a SQLite database, local or behind a libSQL server, in the order in
// which another database can be given them.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"

namespace tidemark {

struct StoredObject {
  std::string type, name, sql;
  bool is_virtual = false;  // a virtual table: its rows are in other tables
  bool is_shadow = false;   // such a table: made together with the virtual one
  bool without_rowid = false;

  bool is_table() const { return type == "table"; }
};

/// Where a file keeps the objects that SQLite itself refuses and libSQL knows: vector
/// indexes, tables with RANDOM ROWID.
inline constexpr const char* refused_table = "libsql_tidemark_refused";

/// Tables first, virtual ones before all others; then indexes, views, triggers. What an
/// index or a table makes by itself is left out.
std::vector<StoredObject> stored_objects(Connection& database);

}  // namespace tidemark
