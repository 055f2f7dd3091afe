// What has to be known of a table to copy its rows, and to find them again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/name.h"

namespace tidemark {

struct ColumnFacts {
  Name name;
  std::string type;       // as the database prints it
  bool own_type = false;  // PostgreSQL: not one of the server's
  bool not_null = false;
  bool generated = false;          // computed from others
  std::string default_value = {};  // SQL; empty for none
  std::string sequence = {};       // PostgreSQL: that fills it, as SQL
  bool identity_always = false;    // PostgreSQL: takes no other values in an UPDATE
};

struct TableFacts {
  Path path;
  std::vector<ColumnFacts> columns = {};
  /// The columns of the primary key, or of another key that is never NULL; may be empty.
  std::vector<Name> key = {};
  bool without_rowid = false;    // SQLite
  bool rows_are_hidden = false;  // row-level security holds for this user too

  const ColumnFacts* column(const Name& name) const;
  bool has(const std::vector<Name>& names) const;
};

/// Empty when there is no such table.
std::optional<TableFacts> read_table(Connection& database, const Path& path);

}  // namespace tidemark
