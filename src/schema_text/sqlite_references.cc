#include "schema_text/sqlite_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace tidemark::schema_text {
namespace {

std::size_t position(const Table& table, const Name& column) {
  auto found = std::ranges::find(table.columns, column, &Column::name);
  return static_cast<std::size_t>(found - table.columns.begin());
}

// A reference at a column has the name that Drizzle makes.
bool fits_column(const Table& table, const ForeignKey& key) {
  if (key.columns.size() != 1 || key.target_columns.size() != 1) return false;
  if (key.target == table.path) return false;
  return key.name.text() == fmt::format("{}_{}_{}_{}_fk", table.path.name.text(),
                                        key.columns[0].text(), key.target.name.text(),
                                        key.target_columns[0].text());
}

}  // namespace

std::size_t inline_references(const Table& table) {
  std::size_t count = 0, last = 0;
  for (const ForeignKey& key : table.foreign_keys) {
    if (!fits_column(table, key)) break;
    std::size_t at = position(table, key.columns[0]);
    if (at < last) break;
    last = at;
    count++;
  }
  return count;
}

bool types_extras(const Table& table, const Cycles& cycles) {
  return std::ranges::any_of(std::span(table.foreign_keys).subspan(inline_references(table)),
                             [&](const ForeignKey& key) { return cycles.closes(table, key); });
}

bool has_key_apart(const Column& column) {
  return column.primary_key && !column.not_null && !column.autoincrement;
}

}  // namespace tidemark::schema_text
