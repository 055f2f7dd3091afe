#include "catalog/names.h"
#include "dialect/postgres/types.h"
#include "plan/checks/rules.h"

namespace tidemark {

namespace {

void dropped(const Judged& it, Statement& statement) {
  std::visit(match{
                 [&](const Drop<Table>& drop) {
                   if (it.draft.step == Step::drop_table)
                     add_finding(statement, Hazard::loses_data, "drop_table",
                                 "all rows of " + plain_name(drop.object.path) + " are deleted");
                 },
                 [&](const Remove<Column>& drop) {
                   if (it.draft.step == Step::drop_column && !drop.part.generated)
                     add_finding(statement, Hazard::loses_data, "drop_column",
                                 "the values of " + plain_name(drop.table, drop.part.name) +
                                     " are deleted");
                 },
                 [](const auto&) {},
             },
             it.change);
}

/// A rebuild leaves out what the new table does not have, whatever asked for it.
void left_out(const Judged& it, Statement& statement) {
  const Path* path = table_of(it.change);
  if (it.draft.step != Step::rebuild_table || !path) return;
  if (!statement.sql.starts_with("DROP TABLE ")) return;
  const Table *before = it.before.table(*path), *after = it.after.table(*path);
  if (!before || !after) return;
  for (const Column& column : before->columns)
    if (!column.generated && !after->column(column.name))
      add_finding(statement, Hazard::loses_data, "drop_column",
                  "the values of " + plain_name(*path, column.name) + " are deleted");
}

void overwritten(const Judged& it, Statement& statement) {
  auto [before, after] = column_pair(it.change);
  if (!before) return;
  std::string column = plain_name(*table_of(it.change), after->name);
  if (it.draft.step == Step::alter_generated && !before->generated && after->generated)
    add_finding(statement, Hazard::loses_data, "column_becomes_generated",
                "the values of " + column + " are replaced by computed ones");
  if (it.draft.step == Step::set_type && it.on_postgres() &&
      postgres_dialect::rounds_or_cuts(before->type, after->type))
    add_finding(statement, Hazard::loses_data, "type_rounds_values",
                "values of " + column + " are rounded or cut when " + before->type.text +
                    " becomes " + after->type.text);
}

}  // namespace

void loses_data(const Judged& it, Statement& statement) {
  dropped(it, statement);
  left_out(it, statement);
  overwritten(it, statement);
}

}  // namespace tidemark
