// The CREATE statements that SQLite keeps are the only place where much of a schema
// is written at all: names of checks, generated expressions, AUTOINCREMENT, collations.
// Its pragmas tell the rest, but not in one query; so all is read from the text.
// SQLite has accepted it: nothing is refused here, and what is not known is left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::sqlite_sql {

/// Something that was written and that a catalog has no word for.
struct Unsaid {
  Name object;       // column or constraint; empty for the table
  std::string what;  // "collation", "deferrable", "strict" …
  std::string text;
};

/// Bytes [first, last) of a text.
struct Span {
  std::size_t first = 0, last = 0;
};

/// A constraint in the definition of a column, from its name on.
struct ColumnClause {
  Name column;
  std::string what;  // its first keyword: "collate", "check", "references" …
  std::string text;
};

struct TableText {
  /// Types, defaults and expressions as written; constraints without a name have an
  /// empty one. A foreign key that names no columns of its target has none.
  Table table;
  std::vector<Unsaid> unsaid = {};
  Span name = {};  // of the table, with what it is qualified by
  std::vector<ColumnClause> clauses = {};
  std::vector<Span> uniques = {};  // of the table's, one by one, with their names
  std::vector<Span> columns = {};  // their definitions, up to the comma or parenthesis after them
};

TableText read_create_table(std::string_view sql);
/// What a unique constraint is called in a schema, where it has no name of its own.
Name name_of(const Unique& unique, const Table& table);
Name name_of(const Check& check, const Table& table);
/// `table` tells columns from expressions.
Index read_create_index(std::string_view sql, const Table& table);
/// The query of a view. Names of columns that are written before it become part of it:
/// a schema has no other place for them. A view cannot read itself, so its name is free.
std::string read_create_view(std::string_view sql);

}  // namespace tidemark::sqlite_sql
