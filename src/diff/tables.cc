#include "base/text.h"
#include "diff/comparison.h"
#include "diff/passed_names.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

/// How Drizzle writes a table before its columns.
std::string qualifier(const Path& table) {
  std::string name = "\"" + table.name.text() + "\".";
  return table.schema == Name("public") ? name : "\"" + table.schema.text() + "\"." + name;
}

/// Expressions move with their table: to speak of it by its new name is no change.
void requalify(Table& table, const Path& was) {
  std::string before = qualifier(was), after = qualifier(table.path);
  auto rewrite = [&](std::string& text) { text = replace_all(std::move(text), before, after); };
  for (Column& column : table.columns)
    if (column.generated) rewrite(column.generated->expression);
  for (Check& check : table.checks) rewrite(check.expression);
  for (Index& index : table.indexes) {
    rewrite(index.where);
    for (IndexColumn& column : index.columns)
      if (column.is_expression) rewrite(column.text);
  }
  for (Policy& policy : table.policies) {
    if (policy.using_expression) rewrite(*policy.using_expression);
    if (policy.with_check) rewrite(*policy.with_check);
  }
}

/// With its table moves the sequence behind an identity column.
void follow(Table& table, const Path& was) {
  for (Column& column : table.columns)
    if (column.identity) column.identity->sequence.schema = table.path.schema;
  requalify(table, was);
}

}  // namespace

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
  pass_on_tables(c, passed_on(decided, c.after.tables, &Table::path));
  add_moves_and_renames<Table>(decided, c.changes);
  for (const RenameDecision& it : decided) {
    if (it.before.schema == it.after.schema) continue;
    for (Table& table : c.before.tables)
      if (table.path == it.after) follow(table, it.before);
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
