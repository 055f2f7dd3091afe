#include "seed/table_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "seed/limits.h"
#include "tidemark/error.h"

namespace tidemark::seed {
namespace {

/// The columns that an expression may depend on.
std::vector<Name> mentioned_in(const Table& table, const std::string& expression) {
  std::vector<Name> out;
  for (const Column& column : table.columns)
    if (expression.find(column.name.text()) != std::string::npos) out.push_back(column.name);
  return out;
}

/// Those whose values are made stand for a column that the database generates from them.
void add_key(TablePlan& plan, const std::vector<Name>& columns, bool null_equals_null = false) {
  Key key{{}, null_equals_null};
  for (const Name& name : columns) {
    const Column* column = plan.table->column(name);
    if (!column) return;
    std::vector<Name> made = {name};
    if (column->generated) made = mentioned_in(*plan.table, column->generated->expression);
    for (const Name& one : made)
      if (std::size_t place = place_of(plan.part.columns, one); place != nowhere)
        key.columns.push_back(place);
  }
  if (!key.columns.empty()) plan.keys.push_back(std::move(key));
}

/// The columns of a unique index; those that an expression mentions stand for it.
std::vector<Name> columns_of(const Table& table, const Index& index) {
  std::vector<Name> out;
  for (const IndexColumn& part : index.columns) {
    if (!part.is_expression) {
      out.emplace_back(part.text);
      continue;
    }
    std::vector<Name> mentioned = mentioned_in(table, part.text);
    out.insert(out.end(), mentioned.begin(), mentioned.end());
  }
  return out;
}

void find_keys(TablePlan& plan) {
  const Table& table = *plan.table;
  for (const Column& column : table.columns)
    if (column.primary_key) add_key(plan, {column.name});
  for (const PrimaryKey& key : table.primary_keys) add_key(plan, key.columns);
  for (const Unique& unique : table.uniques)
    add_key(plan, unique.columns, unique.nulls_not_distinct);
  for (const Index& index : table.indexes)
    if (index.unique) add_key(plan, columns_of(table, index));
}

bool is_reference(const Table& table, const Name& column) {
  return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column) != key.columns.end();
  });
}

/// A key is kept apart by its first column that refers to nothing.
void mark_unique(TablePlan& plan) {
  for (const Key& key : plan.keys) {
    auto own = std::ranges::find_if(key.columns, [&](std::size_t at) { return !plan.refers[at]; });
    if (own != key.columns.end()) plan.wishes[*own].unique = true;
  }
}

/// Whether the database has to give the value: generated, or of a type that nobody knows here.
bool is_left_out(const Table& table, const Wish& wish) {
  const Column& column = *wish.column;
  if (column.generated) return true;
  Dice dice(0);
  if (is_reference(table, column.name) || made_up(wish, 1, dice)) return false;
  if (column.default_value || !column.not_null) return true;
  throw Error(
      Fault::failed,
      fmt::format("no value can be made up for {}.{}, of the type {}, which may not be NULL",
                  table.path.name.text(), column.name.text(), column.type.text))
      .hint(
          fmt::format("Give the table its rows in a seed file, and leave it out here: --rows {}=0.",
                      table.path.name.text()));
}

void find_orders(TablePlan& plan) {
  for (const Ordering& one : orderings_of(*plan.table)) {
    std::size_t smaller = place_of(plan.part.columns, one.smaller);
    std::size_t larger = place_of(plan.part.columns, one.larger);
    if (smaller != nowhere && larger != nowhere)
      plan.orders.push_back({smaller, larger, one.strict});
  }
}

}  // namespace

std::size_t place_of(const std::vector<Name>& names, const Name& name) {
  auto found = std::ranges::find(names, name);
  return found == names.end() ? nowhere : static_cast<std::size_t>(found - names.begin());
}

bool is_in_key(const TablePlan& plan, std::size_t place) {
  return std::ranges::any_of(plan.keys, [&](const Key& key) { return key.has(place); });
}

void find_kept(const Catalog& catalog, TablePlan& plan, bool changes) {
  std::vector<Name> wanted;
  if (changes) wanted = key_of(*plan.table);
  for (const Table& other : catalog.tables)
    for (const ForeignKey& key : other.foreign_keys)
      if (key.target == plan.table->path)
        wanted.insert(wanted.end(), key.target_columns.begin(), key.target_columns.end());
  for (const Name& name : wanted) {
    std::size_t place = place_of(plan.part.columns, name);
    if (place == nowhere || place_of(plan.kept.names, name) != nowhere) continue;
    plan.kept.names.push_back(name);
    plan.kept.places.push_back(place);
  }
}

TablePlan plan_of(const Catalog& catalog, const Table& table) {
  TablePlan plan{.table = &table};
  plan.part.table = table.path;
  plan.part.origin = table.path.name.text();
  for (const Column& column : table.columns) {
    Wish wish = wish_for(column, catalog.engine, limits_of(catalog, table, column));
    if (is_left_out(table, wish)) continue;
    plan.part.columns.push_back(column.name);
    plan.part.over_identity |= column.identity.has_value();
    plan.refers.push_back(is_reference(table, column.name));
    plan.wishes.push_back(std::move(wish));
  }
  find_keys(plan);
  mark_unique(plan);
  find_orders(plan);
  for (std::size_t i = 0; i < plan.wishes.size(); ++i) {
    const Column& column = *plan.wishes[i].column;
    plan.nullable.push_back(!column.not_null && !column.primary_key && !is_in_key(plan, i));
  }
  return plan;
}

}  // namespace tidemark::seed
