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

/// The new table with what the old one has and no schema has a word for.
Table keeping(Table after, const Table& before) {
  after.kept = before.kept;
  for (Column& column : after.columns) {
    const Column* was = before.column(column.name);
    if (!was) continue;
    column.kept.sql = was->kept.sql;
    if (was->type == column.type) column.kept.type = was->kept.type;
  }
  for (ForeignKey& key : after.foreign_keys) {
    auto was = std::ranges::find(before.foreign_keys, key.name, &ForeignKey::name);
    if (was != before.foreign_keys.end()) key.kept = was->kept;
  }
  return after;
}

}  // namespace

std::vector<Draft> rebuild(const Table& before, const Table& after) {
  const Name& name = after.path.name;
  const Name fresh("__new_" + name.text());
  std::vector<Draft> drafts;
  auto add = [&](std::string text, Step step) -> Draft& {
    return drafts.emplace_back(Draft{.statement = {.sql = std::move(text)}, .step = step});
  };
  add("PRAGMA foreign_keys=OFF;", Step::set_pragma);
  add(create_table(keeping(after, before), fresh), Step::rebuild_table);
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
    add(create_index(name, index), Step::create_index).makes = {key::index(index.name)};
  return drafts;
}

}  // namespace tidemark::sqlite_sql
