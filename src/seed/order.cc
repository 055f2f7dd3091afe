#include "seed/order.h"

#include <algorithm>
#include <set>

namespace tidemark::seed {
namespace {

bool is_key_column(const Table& table, const Name& name) {
  return std::ranges::any_of(table.primary_keys, [&](const PrimaryKey& key) {
    return std::ranges::find(key.columns, name) != key.columns.end();
  });
}

/// Whether all that the table refers to is placed, itself aside.
bool is_free(const Table& table, const std::set<Path>& open, bool nullable_count) {
  return std::ranges::none_of(table.foreign_keys, [&](const ForeignKey& key) {
    bool counts = nullable_count || !may_be_null(table, key);
    return counts && key.target != table.path && open.contains(key.target);
  });
}

}  // namespace

bool may_be_null(const Table& table, const ForeignKey& key) {
  return std::ranges::all_of(key.columns, [&](const Name& name) {
    const Column* column = table.column(name);
    return column && !column->not_null && !column->primary_key && !is_key_column(table, name);
  });
}

std::vector<const Table*> parents_first(const Catalog& catalog) {
  std::vector<const Table*> out, left;
  std::set<Path> open;
  for (const Table& table : catalog.tables) {
    left.push_back(&table);
    open.insert(table.path);
  }
  while (!left.empty()) {
    auto next =
        std::ranges::find_if(left, [&](auto* table) { return is_free(*table, open, true); });
    if (next == left.end())
      next = std::ranges::find_if(left, [&](auto* table) { return is_free(*table, open, false); });
    if (next == left.end()) next = left.begin();
    out.push_back(*next);
    open.erase((*next)->path);
    left.erase(next);
  }
  return out;
}

}  // namespace tidemark::seed
