#include "dialect/postgres/columns.h"

#include <algorithm>

#include "dialect/mentions.h"
#include "dialect/postgres/enums.h"
#include "dialect/postgres/primary_keys.h"
#include "dialect/postgres/sequence_options.h"
#include "dialect/postgres/types.h"

namespace tidemark::postgres_dialect {

std::string column_definition(const Column& column, Definition where) {
  std::string out = sql(column.name, " ", type_sql(column.type));
  if (column.primary_key) out += " PRIMARY KEY";
  if (column.default_value) out += " DEFAULT " + column.default_value->text;
  if (column.generated) out += " GENERATED ALWAYS AS (" + column.generated->expression + ") STORED";
  bool implied = where == Definition::in_new_table && column.identity;
  if (column.not_null && !implied) out += " NOT NULL";
  if (column.identity) out += " " + identity_sql(*column.identity);
  return out;
}

void need_for_column(Added& draft, const Table& table, const Column& column) {
  need_type(draft, column.type);
  if (!column.generated) return;
  for (const Column& other : table.columns)
    if (other.name != column.name && mentions(column.generated->expression, other.name))
      draft.needs(key::column(table.path, other.name)).needs(key::new_type(table.path, other.name));
}

void let_go(Added& draft, const Script& script, const Table& table, const Column& column) {
  for (const Column& other : table.columns)
    if (script.mentioned(column.generated->expression, table.path, other.name))
      draft.releases(key::column(table.path, other.name))
          .releases(key::old_type(table.path, other.name));
}

std::string alter_column(const Path& table, const Name& column) {
  return sql("ALTER TABLE ", table, " ALTER COLUMN ", column, " ");
}

void write(Script& script, const Add<Column>& change) {
  const Column& column = change.part;
  Added draft = script.add_on(change.table, Step::add_column, Rank::add_columns,
                              sql("ALTER TABLE ", change.table, " ADD COLUMN ",
                                  column_definition(column, Definition::added), ";"));
  draft.makes(key::column(change.table, column.name));
  need_for_column(draft, *script.table_after(change.table), column);
  if (column.primary_key)
    draft.makes(key::primary_key(change.table))
        .makes(key::unique_over(change.table, std::span(&column.name, 1)));
}

void write(Script& script, const Remove<Column>& change) {
  const Column& column = change.part;
  Added draft = script.add_on(change.table, Step::drop_column, Rank::drop_columns,
                              sql("ALTER TABLE ", change.table, " DROP COLUMN ", column.name, ";"));
  Key own = key::column(change.table, column.name);
  draft.drops(own).needs(settled(own));  // it may have got out of another's way: see KnownRenames
  release_type(draft, column.type);
  if (column.primary_key) draft.drops(key::primary_key(change.table));
  if (column.generated) let_go(draft, script, *script.table_before(change.table), column);
}

void write(Script& script, const RenamePart<Column>& change) {
  Added draft = script.add_on(change.table, Step::rename_column, Rank::rename_columns,
                              sql("ALTER TABLE ", change.table, " RENAME COLUMN ", change.before,
                                  " TO ", change.after, ";"));
  draft.vacates(key::column(change.table, change.before))
      .makes(key::column(change.table, change.after))
      .reaches(settled(key::column(change.table, change.after)));
  if (passes_name(script.input.changes, change))
    draft.in_group(2 + static_cast<std::size_t>(script.position(change.table)));
}

}  // namespace tidemark::postgres_dialect
