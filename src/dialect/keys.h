// What statements wait for: see Draft.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "dialect/dialect.h"

namespace tidemark::key {

inline Key of(std::string_view kind, const Path& path) {
  return std::string(kind) + " " + path.schema.text() + "\t" + path.name.text();
}

inline Key schema(const Name& name) { return of("schema", {{}, name}); }
inline Key role(const Name& name) { return of("role", {{}, name}); }
inline Key type(const Path& path) { return of("type", path); }

/// Tables, views, sequences and indexes share their names.
inline Key relation(const Path& path) { return of("relation", path); }

inline Key part(std::string_view kind, const Path& table, const Name& name) {
  return of(kind, table) + "\t" + name.text();
}
inline Key column(const Path& table, const Name& name) { return part("column", table, name); }
/// The type of a column: what is made of the column lets go of it before it changes,
/// and waits for the new one.
inline Key old_type(const Path& table, const Name& name) { return part("old type", table, name); }
inline Key new_type(const Path& table, const Name& name) { return part("new type", table, name); }
inline Key constraint(const Path& table, const Name& name) {
  return part("constraint", table, name);
}
inline Key policy(const Path& table, const Name& name) { return part("policy", table, name); }
inline Key primary_key(const Path& table) { return of("primary key", table); }

/// That the columns together are unique, as a foreign key needs it.
inline Key unique_over(const Path& table, std::span<const Name> columns) {
  std::vector<Name> sorted(columns.begin(), columns.end());
  std::ranges::sort(sorted);
  Key result = of("unique", table);
  for (const Name& name : sorted) result += "\t" + name.text();
  return result;
}

}  // namespace tidemark::key
