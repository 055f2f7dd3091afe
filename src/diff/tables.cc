#include "diff/comparison.h"
#include "diff/passed_names.h"
#include "diff/rename_objects.h"

namespace tidemark {

std::vector<std::pair<Table*, const Table*>> tables_of_both(Comparison& c) {
  std::unordered_map<Path, const Table*> after;
  for (const Table& table : c.after.tables) after.emplace(table.path, &table);
  std::vector<std::pair<Table*, const Table*>> pairs;
  for (Table& table : c.before.tables)
    if (auto found = after.find(table.path); found != after.end())
      pairs.emplace_back(&table, found->second);
  return pairs;
}

void rename_tables(Comparison& c) {
  Renames decided = rename_by_path(c, RenameKind::table, c.before.tables, c.after.tables);
  pass_on_tables(c.before, passed_on(decided));
  add_moves_and_renames<Table>(decided, c.changes);
  for (const RenameDecision& it : decided) {
    if (it.before.schema == it.after.schema) continue;
    // The sequence behind an identity column moves with its table.
    for (Table& table : c.before.tables)
      if (table.path == it.after)
        for (Column& column : table.columns)
          if (column.identity) column.identity->sequence.schema = it.after.schema;
  }
}

void compare_tables(Comparison& c) {
  ListDiff<Table> diff = list_diff(c.before.tables, c.after.tables, &Table::path);
  for (const Table* it : diff.removed) c.changes.push_back(Drop<Table>{*it});
  for (const Table* it : diff.added) c.changes.push_back(Create<Table>{*it});
  for (auto [before, after] : diff.matched) {
    compare_columns(*before, *after, c.changes);
    compare_indexes(*before, *after, c.changes);
    compare_constraints(*before, *after, c.changes);
    compare_foreign_keys(c, *before, *after, c.changes);
    compare_policies(*before, *after, c.changes);
    compare_row_security(*before, *after, c.changes);
  }
}

}  // namespace tidemark
