#include "dialect/postgres/primary_keys.h"

#include <algorithm>
#include <array>

#include "dialect/postgres/columns.h"
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/sequence_options.h"

namespace tidemark::postgres_dialect {

namespace {

// Within a table's column changes the keys come first: those dropped, those set.
int order_of_drop(const Script& script, const Path& table) { return script.position(table) * 3; }
int order_of_set(const Script& script, const Path& table) { return script.position(table) * 3 + 1; }

std::string drop_sql(const Path& table, const Name& name) {
  return sql("ALTER TABLE ", table, " DROP CONSTRAINT ", name, ";");
}

void write_add(Script& script, const Path& table, const PrimaryKey& it, Rank rank) {
  Added draft = script.add_on(
      table, Step::add_primary_key, rank,
      sql("ALTER TABLE ", table, " ADD CONSTRAINT ", it.name, primary_key_sql(it), ";"));
  draft.makes(key::primary_key(table))
      .makes(key::constraint(table, it.name))
      .makes(key::unique_over(table, it.columns));
  for (const Name& column : it.columns) draft.needs(key::column(table, column));
}

// The key made its columns NOT NULL, and they stay so when it goes.
void drop_implied_not_null(Script& script, const Path& table, const PrimaryKey& it, Rank rank) {
  const Table* after = script.table_after(table);
  for (const Name& called : it.columns) {
    const Name name = script.new_name(table, called);
    const Column* old = script.table_before(table)->column(name);
    const Column* now = after->column(name);
    if (!old || !now || old->not_null || now->not_null || in_primary_key(*after, name)) continue;
    script.add_on(table, Step::drop_not_null, rank, alter_column(table, name) + "DROP NOT NULL;");
  }
}

void write_drop(Script& script, const Path& table, const PrimaryKey& it, Rank rank,
                std::string_view line_end = "") {
  script
      .add_on(table, Step::drop_primary_key, rank, drop_sql(table, it.name) + std::string(line_end))
      .drops(key::primary_key(table))
      .drops(key::constraint(table, it.name))
      .drops(key::unique_over(table, it.columns));
  set_aside_references(script, table, it.columns);
  drop_implied_not_null(script, table, it, rank);
}

}  // namespace

std::string primary_key_sql(const PrimaryKey& key) {
  return sql(" PRIMARY KEY(", NameList{key.columns}, ")");
}

bool in_primary_key(const Table& table, const Name& column) {
  const Column* found = table.column(column);
  if (found && found->primary_key) return true;
  return std::ranges::any_of(table.primary_keys, [&](const PrimaryKey& key) {
    return std::ranges::count(key.columns, column) > 0;
  });
}

namespace {

// Types without an order, which no key takes.
bool has_no_order(const SqlType& type) {
  constexpr std::array names = {"json", "point", "line", "xml"};
  return std::ranges::find(names, type.text) != names.end();
}

}  // namespace

void add_column_key(Script& script, const Path& table, const Name& column) {
  Added draft = script.add_on(table, Step::add_primary_key, Rank::alter_columns,
                              sql("ALTER TABLE ", table, " ADD PRIMARY KEY (", column, ");"),
                              order_of_set(script, table));
  draft.makes(key::primary_key(table)).makes(key::unique_over(table, std::span(&column, 1)));
  const Column* before = script.table_before(table)->column(column);
  if (before && has_no_order(before->type)) draft.needs(key::new_type(table, column));
}

namespace {

// The name was given by the server when the key was made, after the table's name at
// that time. Where that is not known the server looks it up.
std::string drop_unnamed_key_sql(const Script& script, const Path& table) {
  if (!script.renamed_earlier(table))
    return drop_sql(table, Name(default_name(script.old_path(table).name, {}, "pkey")));
  return "DO " +
         dollar_quoted(
             " BEGIN EXECUTE (SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', "
             "conrelid::regclass, conname) FROM pg_constraint WHERE contype = 'p' AND "
             "conrelid = " +
             string_literal(sql(FullPath{table})) + "::regclass); END ") +
         ";";
}

}  // namespace

// The peer leaves this to its user.
void drop_column_key(Script& script, const Path& table, const Name& column) {
  script
      .add_on(table, Step::drop_primary_key, Rank::alter_columns,
              drop_unnamed_key_sql(script, table), order_of_drop(script, table))
      .drops(key::primary_key(table))
      .drops(key::unique_over(table, std::span(&column, 1)));
  set_aside_references(script, table, std::span(&column, 1));
}

void write(Script& script, const Add<PrimaryKey>& change) {
  write_add(script, change.table, change.part, Rank::add_primary_keys);
}

void write(Script& script, const Remove<PrimaryKey>& change) {
  write_drop(script, change.table, change.part, Rank::drop_primary_keys);
}

// The peer writes both into one statement, marker and all; the line end keeps the
// file the same.
void write(Script& script, const Modify<PrimaryKey>& change) {
  write_drop(script, change.table, change.before, Rank::alter_primary_keys, "\n");
  write_add(script, change.table, change.after, Rank::alter_primary_keys);
}

}  // namespace tidemark::postgres_dialect
