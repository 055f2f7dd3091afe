// What a statement takes away and what it gives another name, read from its words.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"
#include "tidemark/name.h"

namespace tidemark {

struct Destroyed {
  enum class Kind : std::uint8_t {
    table,
    column,
    values,  // a column's, by a new type
    rows,    // DELETE, TRUNCATE
  };
  Kind kind;
  Path table;  // as written: the schema may be empty
  Name column = {};

  bool operator==(const Destroyed&) const = default;
};

struct Renamed {
  enum class Kind : std::uint8_t { schema, type, table, column };
  Kind kind;
  Path before, after;  // of the table or type; for a column `before` alone
  Name column_before = {}, column_after = {};

  bool operator==(const Renamed&) const = default;
};

struct StatementEffect {
  std::vector<Destroyed> destroyed = {};
  std::vector<Renamed> renamed = {};
  /// PostgreSQL: where names without a schema are looked for from here on; empty for DEFAULT.
  std::optional<std::vector<Name>> search_path = {};
};

StatementEffect effect_of(std::string_view statement, Engine engine);

/// Whether a statement of PostgreSQL may drop what its words do not name: by CASCADE, or from
/// code.
bool may_drop_unnamed(std::string_view statement);

}  // namespace tidemark
