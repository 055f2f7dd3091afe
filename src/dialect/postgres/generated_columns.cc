#include "dialect/postgres/generated_columns.h"

#include <algorithm>

#include "dialect/mentions.h"
#include "dialect/postgres/columns.h"
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/serial.h"

namespace tidemark::postgres_dialect {

namespace {

Added add(Script& script, const Path& table, std::string text) {
  return script.add_on(table, Step::alter_generated, Rank::alter_columns, std::move(text),
                       script.position(table) * 3 + 2);
}

}  // namespace

bool is_made_of_a_retyped_column(const Script& script, const Path& table, const Column& generated) {
  return std::ranges::any_of(script.changes.all<Modify<Column>>(), [&](const auto& other) {
    return other.table == table && other.after.name != generated.name &&
           without_serial(other.before.type) != without_serial(other.after.type) &&
           mentions(generated.generated->expression, other.after.name);
  });
}

void recreate_generated(Script& script, const Path& table, const Column& before,
                        const Column& after) {
  Added dropped = add(script, table, sql("ALTER TABLE ", table, " drop column ", after.name, ";"));
  if (before.generated) let_go(dropped, *script.table_before(table), before);
  Added added = add(
      script, table,
      sql("ALTER TABLE ", table, " ADD COLUMN ", column_definition(after, Definition::added), ";"));
  need_for_column(added, *script.table_after(table), after);
  set_aside_views(script, table, after.name);
  restore_parts(script, table, after.name);
}

}  // namespace tidemark::postgres_dialect
