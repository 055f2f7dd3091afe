// What the comparisons of the object kinds share while one diff is made. Each
// kind first settles its renames on `before`, then compares.
#pragma once

#include <utility>
#include <vector>

#include "diff/diff.h"
#include "diff/list_diff.h"

namespace tidemark {

struct Comparison {
  Catalog& before;  // takes the renames as they are decided
  const Catalog& after;
  RenameResolver& resolver;
  Changes& changes;
  Renames& renames;
};

/// The tables that both sides have, the old ones to be changed.
std::vector<std::pair<Table*, const Table*>> tables_of_both(Comparison& c);

// Renames, in the order in which the questions are asked.
void rename_schemas(Comparison& c);
void rename_enums(Comparison& c);
void rename_sequences(Comparison& c);
void rename_roles(Comparison& c);
void rename_tables(Comparison& c);
void rename_columns(Comparison& c);
void rename_policies(Comparison& c);
void rename_linked_policies(Comparison& c);
void rename_views(Comparison& c);

// Comparisons, one file each.
void compare_schemas(Comparison& c);
void compare_enums(Comparison& c);
void compare_sequences(Comparison& c);
void compare_roles(Comparison& c);
void compare_tables(Comparison& c);
void compare_linked_policies(Comparison& c);
void compare_views(Comparison& c);

// The parts of a table that is on both sides.
void compare_columns(const Table& before, const Table& after, Changes& out);
void compare_indexes(const Table& before, const Table& after, Changes& out);
void compare_constraints(const Table& before, const Table& after, Changes& out);
void compare_policies(const Table& before, const Table& after, Changes& out);
void compare_row_security(const Table& before, const Table& after, Changes& out);
void compare_foreign_keys(const Comparison& c, const Table& before, const Table& after,
                          Changes& out);

/// Adds, removes and modifies of one list of parts, in the peer's order.
template <class Part>
void compare_parts(const Path& table, const std::vector<Part>& before,
                   const std::vector<Part>& after, Changes& out) {
  ListDiff<Part> diff = list_diff(before, after, &Part::name);
  for (const Part* part : diff.removed) out.push_back(Remove<Part>{table, *part});
  for (const Part* part : diff.added) out.push_back(Add<Part>{table, *part});
  for (auto [old, now] : diff.matched)
    if (*old != *now) out.push_back(Modify<Part>{table, *old, *now});
}

}  // namespace tidemark
