#include "dialect/postgres/generated_columns.h"

#include <algorithm>

#include "dialect/postgres/columns.h"
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/enums.h"
#include "dialect/postgres/serial.h"

namespace tidemark::postgres_dialect {

namespace {

Added add(Script& script, const Path& table, std::string text) {
  return script.add_on(table, Step::alter_generated, Rank::alter_columns, std::move(text),
                       script.position(table) * 3 + 2);
}

}  // namespace

bool reads_a_retyped_column(const Script& script, const Path& table,
                            const std::string& expression) {
  const Table *before = script.table_before(table), *after = script.table_after(table);
  return before && after && std::ranges::any_of(before->columns, [&](const Column& column) {
           const Column* now = after->column(column.name);
           return now && script.mentioned(expression, table, column.name) &&
                  (without_serial(column.type) != without_serial(now->type) ||
                   is_remade(script, column.type, now->type));
         });
}

void recreate_generated(Script& script, const Path& table, const Column& before,
                        const Column& after) {
  Added dropped = add(script, table, sql("ALTER TABLE ", table, " drop column ", after.name, ";"));
  const Key own = key::column(table, after.name);
  dropped.drops(own).needs(settled(own));
  if (before.generated) let_go(dropped, script, *script.table_before(table), before);
  Added added = add(
      script, table,
      sql("ALTER TABLE ", table, " ADD COLUMN ", column_definition(after, Definition::added), ";"));
  added.makes(own);
  need_for_column(added, *script.table_after(table), after);
  set_aside_views(script, table, after.name);
  set_aside_policies(script, table, after.name);
  restore_parts(script, table, after.name);
}

}  // namespace tidemark::postgres_dialect
