#include <algorithm>

#include "base/text.h"
#include "catalog/columns.h"
#include "dialect/postgres/checks.h"
#include "dialect/postgres/columns.h"
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/enums.h"
#include "dialect/postgres/foreign_keys.h"
#include "dialect/postgres/indexes.h"
#include "dialect/postgres/policies.h"
#include "dialect/postgres/primary_keys.h"
#include "dialect/postgres/types.h"
#include "dialect/postgres/uniques.h"

namespace tidemark::postgres_dialect {

namespace {

// Of constraints over the same columns CREATE TABLE makes one, which takes the name of
// any of them; a statement of its own makes another.
bool merges_with_another(const Table& table, const Unique& unique) {
  if (!unique.nulls_not_distinct && unique.columns == key_columns(table)) return true;
  for (const Unique& it : table.uniques) {
    if (&it == &unique) return false;
    if (it.columns == unique.columns && it.nulls_not_distinct == unique.nulls_not_distinct)
      return true;
  }
  return false;
}

std::string create_sql(const Table& table) {
  std::vector<std::string> lines;
  for (const Column& column : table.columns)
    lines.push_back("\t" + column_definition(column, Definition::in_new_table));
  if (!table.primary_keys.empty()) {
    const PrimaryKey& key = table.primary_keys.front();
    lines.push_back(sql("\tCONSTRAINT ", key.name, primary_key_sql(key)));
  }
  for (const Unique& it : table.uniques)
    if (!merges_with_another(table, it)) lines.push_back("\t" + unique_sql(it));
  for (const Check& it : table.checks) lines.push_back("\t" + check_sql(it));
  return sql("CREATE TABLE ", table.path, " (\n", join(lines, ",\n"), "\n);\n");
}

std::string row_security_sql(const Path& table, bool enabled) {
  return sql("ALTER TABLE ", table, enabled ? " ENABLE" : " DISABLE", " ROW LEVEL SECURITY;");
}

// The names of the indexes that come and go with a table.
template <class Use>
void for_each_index_of(const Table& table, Use use) {
  auto named = [&](const auto& list) {
    for (const auto& it : list) use(key::relation({table.path.schema, it.name}));
  };
  named(table.indexes);
  named(table.uniques);
  named(table.primary_keys);
}

void create_table(Script& script, const Table& table) {
  Added draft = script.add(Step::create_table, Rank::create_tables, create_sql(table));
  draft.needs(key::schema(table.path.schema)).makes(key::relation(table.path));
  for_each_index_of(table, [&](Key name) { draft.makes(std::move(name)); });
  for (const Column& column : table.columns) {
    if (!column.type.schema.empty()) draft.needs(key::type(enum_path(column.type)));
    need_new_values(draft, script, column);
  }
}

// With any other table altered, the peer switches row security off for each table
// that goes. That does nothing, and is written so that the files stay the same.
bool other_table_altered(const Script& script) {
  if (script.declares_row_security_anew) return true;
  return script.changes.any_kind(match{
      [](const Add<Column>&) { return false; },
      [](const Remove<Column>&) { return false; },
      []<class Part>(const Add<Part>&) { return true; },
      []<class Part>(const Remove<Part>&) { return true; },
      []<class Part>(const Modify<Part>&) { return true; },
      [](const RenamePart<Policy>&) { return true; },
      [](const Rename<Policy>&) { return true; },
      [](const auto&) { return false; },
  });
}

}  // namespace

void write(Script& script, const Create<Table>& change) {
  const Table& table = change.object;
  create_table(script, table);
  if (table.row_level_security || !table.policies.empty())
    script.add_on(table.path, Step::enable_row_security, Rank::create_tables,
                  row_security_sql(table.path, true));
  for (const Unique& it : table.uniques)
    if (merges_with_another(table, it)) add_unique(script, table.path, it);
  for (const ForeignKey& it : table.foreign_keys)
    add_foreign_key(script, table.path, it, Rank::foreign_keys_of_new_tables);
  for (const Index& it : table.indexes)
    create_index(script, table.path, it, Rank::indexes_of_new_tables);
  for (const Policy& it : table.policies)
    create_policy(script, {table.path, it}, Rank::policies_of_new_tables);
}

namespace {
/// Whether the table got out of another's way (see KnownRenames).
bool stepped_aside(const Script& script, const Path& table) {
  return std::ranges::any_of(script.changes.all<Rename<Table>>(),
                             [&](const auto& rename) { return rename.after == table; });
}
}  // namespace

void write(Script& script, const Drop<Table>& change) {
  const Table& table = change.object;
  bool renamed = stepped_aside(script, table.path);
  if (!renamed && !table.row_level_security && other_table_altered(script))
    script.add(Step::disable_row_security, Rank::disable_row_security,
               row_security_sql(table.path, false), 1);
  set_aside_policies_of(script, table.path);
  for (const Policy& it : table.policies) drop_policy(script, {table.path, it}, Rank::drop_tables);
  Added draft =
      script.add(Step::drop_table, Rank::drop_tables, sql("DROP TABLE ", table.path, " CASCADE;"));
  draft.releases(key::schema(table.path.schema));
  draft.drops(key::relation(table.path)).needs(settled(key::relation(table.path)));
  for_each_index_of(table, [&](Key name) { draft.drops(std::move(name)); });
  for (const ForeignKey& it : table.foreign_keys)
    draft.releases(key::unique_over(script.new_path(it.target), it.target_columns));
}

void write(Script& script, const Rename<Table>& change) {
  Added draft =
      script.add(Step::rename_table, Rank::rename_tables,
                 sql("ALTER TABLE ", change.before, " RENAME TO ", change.after.name, ";"));
  renames(draft, script, change, key::relation);
  if (passes_name(script.input.changes, change)) draft.in_group(1);
}

void write(Script& script, const Move<Table>& change) {
  moves(script.add(Step::move_table, Rank::move_tables,
                   sql("ALTER TABLE ", FullPath{change.before}, " SET SCHEMA ", change.after.schema,
                       ";\n")),
        script, change, key::relation);
}

void write(Script& script, const SetRowLevelSecurity& change) {
  script.add_on(change.table,
                change.enabled ? Step::enable_row_security : Step::disable_row_security,
                change.enabled ? Rank::enable_row_security : Rank::disable_row_security,
                row_security_sql(change.table, change.enabled));
}

}  // namespace tidemark::postgres_dialect
