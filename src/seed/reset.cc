#include "seed/reset.h"

#include <algorithm>
#include <ranges>

#include "dialect/sql_writer.h"
#include "seed/order.h"

namespace tidemark::seed {
namespace {

/// One statement for all, which the server takes only together where they refer to each
/// other; it refuses where a table that we do not see refers to one.
std::vector<Command> reset_postgres(const Catalog& catalog) {
  std::string list;
  for (const Table& table : catalog.tables)
    list += (list.empty() ? "" : ", ") + standard_sql(table.path);
  return {{"TRUNCATE " + list + " RESTART IDENTITY"}};
}

std::vector<Command> reset_sqlite(const Catalog& catalog) {
  std::vector<Command> out = {{"PRAGMA defer_foreign_keys = ON"}};
  bool counts = false;
  std::vector<const Table*> tables = parents_first(catalog);
  for (const Table* table : tables | std::views::reverse) {
    out.push_back({standard_sql("DELETE FROM ", table->path)});
    counts |= std::ranges::any_of(table->columns, &Column::autoincrement);
  }
  if (!counts) return out;
  for (const Table* table : tables)
    out.push_back(
        {"DELETE FROM sqlite_sequence WHERE name = " + string_literal(table->path.name.text())});
  return out;
}

}  // namespace

std::vector<Command> reset_commands(const Catalog& catalog) {
  if (catalog.tables.empty()) return {};
  return catalog.engine == Engine::postgresql ? reset_postgres(catalog) : reset_sqlite(catalog);
}

}  // namespace tidemark::seed
