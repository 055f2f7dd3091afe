// What the grid knows of a table or view: its columns, and by what one row is told
// from all others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::studio {

struct GridColumn {
  Name name;
  std::string type;
  bool not_null = false;
  bool generated = false;    // the database alone writes it
  bool has_default = false;  // or an identity
  bool identity = false;     // `generated`, but a new row may be given a value all the same
};

struct Relation {
  Path path;
  bool view = false;
  std::vector<GridColumn> columns;
  /// Empty: rows cannot be told apart, and none is changed.
  std::vector<Name> key = {};
  bool key_is_rowid = false;  // SQLite: a name that stands for the hidden number
  std::string read_only_reason = {};

  const GridColumn* column(std::string_view name) const;  // null when absent
};

/// How a value's type is shown and edited.
enum class TypeClass : std::uint8_t { number, boolean, bytes, long_text, other };
TypeClass type_class(const std::string& type, Engine engine);

/// Whether values of the type come before and after each other.
bool has_order(const std::string& type, Engine engine);

Relation relation_of(const Table& table, Engine engine);
Relation relation_of(const View& view);

}  // namespace tidemark::studio
