#include "dialect/postgres/checks.h"

namespace tidemark::postgres_dialect {

std::string check_sql(const Check& it) {
  return sql("CONSTRAINT ", it.name, " CHECK (", it.expression, ")");
}

void add_check(Script& script, const Path& table, const Check& it, Rank rank) {
  Added draft = script.add_on(table, Step::add_check, rank,
                              sql("ALTER TABLE ", table, " ADD ", check_sql(it), ";"));
  draft.makes(key::constraint(table, it.name));
  script.for_each_mentioned(it.expression, script.table_after(table),
                            [&](const Name& column) { draft.needs(key::column(table, column)); });
}

void drop_check(Script& script, const Path& table, const Check& it, Rank rank) {
  script
      .add_on(table, Step::drop_check, rank,
              sql("ALTER TABLE ", table, " DROP CONSTRAINT ", it.name, ";"))
      .drops(key::constraint(table, it.name));
}

void write(Script& script, const Add<Check>& change) {
  add_check(script, change.table, change.part, Rank::add_checks);
}
void write(Script& script, const Remove<Check>& change) {
  drop_check(script, change.table, change.part, Rank::drop_checks);
}
void write(Script& script, const Modify<Check>& change) {
  drop_check(script, change.table, change.before, Rank::drop_checks);
  add_check(script, change.table, change.after, Rank::add_checks);
}

}  // namespace tidemark::postgres_dialect
