// What is known of a table before its rows are made up: the columns that get a value, and
// what keys, checks and other tables ask of them. Places are those in a row.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "seed/rows.h"
#include "seed/values.h"

namespace tidemark::seed {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
std::size_t place_of(const std::vector<Name>& names, const Name& name);

/// The columns of one unique constraint.
struct Key {
  std::vector<std::size_t> columns;
  bool null_equals_null = false;
  /// Of the values that are taken, a hash: where two of a million are the same by chance,
  /// another row is made.
  std::unordered_set<std::uint64_t> taken = {};

  bool has(std::size_t place) const { return std::ranges::find(columns, place) != columns.end(); }
};

/// Of a table's rows, what other tables refer to and what rows are found by.
struct Kept {
  std::vector<Name> names;
  std::vector<std::size_t> places;
  std::vector<Value> values;  // row after row

  std::size_t size() const { return names.empty() ? 0 : values.size() / names.size(); }
  std::span<const Value> row(std::size_t index) const {
    return std::span(values).subspan(index * names.size(), names.size());
  }
};

struct TablePlan;

/// A foreign key whose target has its rows, or is the table itself.
struct Reference {
  const ForeignKey* key;
  const TablePlan* target = nullptr;  // null where there is nothing to refer to
  std::vector<std::size_t> own;       // places in the row, or nowhere
  std::vector<std::size_t> from;      // places in what is kept of the target
  bool is_self = false;
  bool nullable = false;
  bool tells_apart = false;  // its first column is in a unique constraint
};

/// Two columns that a check compares.
struct Order {
  std::size_t smaller, larger;
  bool strict;
};

/// One table while its rows are made.
struct TablePlan {
  const Table* table;
  std::vector<Wish> wishes = {};  // beside the columns of `part`
  std::vector<bool> refers = {};  // whether the column's value is another row's
  std::vector<bool> nullable = {};
  std::vector<Key> keys = {};
  std::vector<Order> orders = {};
  std::vector<Reference> references = {};
  Kept kept = {};
  TableRows part = {};  // what the sink was not given yet
  std::size_t count = 0;
};

/// Throws Error(Fault::failed) for a column that must have a value and is of a type that
/// nobody knows here. `table` must outlive it; references are found when their targets are
/// filled.
TablePlan plan_of(const Catalog& catalog, const Table& table);

/// Whether a unique constraint holds the column.
bool is_in_key(const TablePlan& plan, std::size_t place);

/// What of a table's rows is asked for again; what they are found by, where they get a key
/// afterwards.
void find_kept(const Catalog& catalog, TablePlan& plan, bool changes);

}  // namespace tidemark::seed
