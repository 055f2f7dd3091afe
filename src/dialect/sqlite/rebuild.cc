// Foreign keys are switched off around each rebuild, or dropping the old table
// would delete the rows that refer to it. SQLite ignores that inside a
// transaction, so who runs this switches them off before it.
#include "dialect/sqlite/rebuild.h"

#include <algorithm>

#include "dialect/sql_writer.h"
#include "dialect/sqlite/keys.h"
#include "dialect/sqlite/table_sql.h"

namespace tidemark::sqlite_sql {
namespace {

/// The columns whose values go from the old table to the new one.
std::vector<Name> copied_columns(const Table& before, const Table& after) {
  std::vector<Name> names;
  for (const Column& column : after.columns)
    if (!column.generated && before.column(column.name)) names.push_back(column.name);
  // Without a common column the rows stay all the same, each with its defaults.
  if (names.empty()) names.emplace_back("rowid");
  return names;
}

std::string copy_rows(const Table& before, const Table& after, const Name& fresh) {
  std::vector<Name> columns = copied_columns(before, after);
  std::string list = standard_sql(NameList{columns, ", "});
  return backtick_sql("INSERT INTO ", fresh, "(", list, ") SELECT ", list, " FROM ",
                      after.path.name, ";");
}

void keep(Column& column, const Column& was) {
  column.kept.sql = was.kept.sql;
  if (was.not_null && column.not_null) column.kept.not_null = was.kept.not_null;
  if (column.autoincrement && !was.autoincrement) return;  // a key of its own kind
  if (was.type == column.type) column.kept.type = was.kept.type;
  if (!was.primary_key || !column.primary_key) return;
  column.kept.key = was.kept.key;
  column.kept.columns = was.kept.columns;
}

void keep(ForeignKey& key, const Table& before) {
  for (const ForeignKey& was : before.foreign_keys)
    if (was.columns == key.columns && was.target == key.target &&
        was.target_columns == key.target_columns)
      key.kept = was.kept;
}

template <class Key>
void keep(Key& key, const std::vector<Key>& before) {
  auto was = std::ranges::find(before, key.columns, &Key::columns);
  if (was != before.end()) key.kept = was->kept;
}

/// One that is there as a constraint, as which its columns may have got other names.
void keep(Index& index, const Table& before) {
  auto was = std::ranges::find(before.indexes, index);
  if (was != before.indexes.end()) index.kept = was->kept;
  if (!index.unique || !index.where.empty()) return;
  Unique same{.name = index.name, .columns = {}};
  for (const IndexColumn& column : index.columns) same.columns.emplace_back(column.text);
  keep(same, before.uniques);
  if (same.kept.says_more()) index.kept = same.kept;
}

}  // namespace

Table keeping(Table after, const Table& before) {
  after.kept = before.kept;
  for (Column& column : after.columns)
    if (const Column* was = before.column(column.name)) keep(column, *was);
  for (PrimaryKey& key : after.primary_keys) keep(key, before.primary_keys);
  for (Unique& unique : after.uniques) keep(unique, before.uniques);
  for (ForeignKey& key : after.foreign_keys) keep(key, before);
  for (Index& index : after.indexes) keep(index, before);
  return after;
}

std::vector<Draft> rebuild(const Table& before, const Table& wanted) {
  const Table after = keeping(wanted, before);
  const Name& name = after.path.name;
  const Name fresh("__new_" + name.text());
  std::vector<Draft> drafts;
  auto add = [&](std::string text, Step step) -> Draft& {
    return drafts.emplace_back(Draft{.statement = {.sql = std::move(text)}, .step = step});
  };
  add("PRAGMA foreign_keys=OFF;", Step::set_pragma);
  add(create_table(after, fresh), Step::rebuild_table);
  add(copy_rows(before, after, fresh), Step::rebuild_table);
  Draft& drop = add(drop_table(name), Step::rebuild_table);
  drop.drops = {key::views_of(name)};
  for (const Index& index : before.indexes) drop.drops.push_back(key::index(index.name));
  // Rows let go of a parent that is dropped in the same migration.
  for (const ForeignKey& foreign : before.foreign_keys)
    drop.releases.push_back(key::rows_of(foreign.target.name));
  add(rename_table(fresh, name), Step::rebuild_table).makes = {key::shape(name)};
  add("PRAGMA foreign_keys=ON;", Step::set_pragma);
  for (const Index& index : after.indexes)
    if (!stays_constraint(index))
      add(create_index(name, index), Step::create_index).makes = {key::index(index.name)};
  return drafts;
}

}  // namespace tidemark::sqlite_sql
