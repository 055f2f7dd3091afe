#include "dialect/postgres/uniques.h"

#include "dialect/postgres/dependents.h"

namespace tidemark::postgres_dialect {

std::string unique_sql(const Unique& it) {
  return sql("CONSTRAINT ", it.name, " UNIQUE", it.nulls_not_distinct ? " NULLS NOT DISTINCT" : "",
             "(", NameList{it.columns}, ")");
}

void add_unique(Script& script, const Path& table, const Unique& it) {
  Added draft = script.add_on(table, Step::add_unique, Rank::add_uniques,
                              sql("ALTER TABLE ", table, " ADD ", unique_sql(it), ";"));
  draft.makes(key::constraint(table, it.name))
      .makes(key::relation({table.schema, it.name}))
      .makes(key::unique_over(table, it.columns));
  for (const Name& column : it.columns) draft.needs(key::column(table, column));
}

namespace {

void write_drop(Script& script, const Path& table, const Unique& it) {
  script
      .add_on(table, Step::drop_unique, Rank::drop_uniques,
              sql("ALTER TABLE ", table, " DROP CONSTRAINT ", it.name, ";"))
      .drops(key::constraint(table, it.name))
      .drops(key::relation({table.schema, it.name}))
      .drops(key::unique_over(table, it.columns));
  set_aside_references(script, table, it.columns);
}

}  // namespace

void write(Script& script, const Add<Unique>& change) {
  add_unique(script, change.table, change.part);
}
void write(Script& script, const Remove<Unique>& change) {
  write_drop(script, change.table, change.part);
}
void write(Script& script, const Modify<Unique>& change) {
  write_drop(script, change.table, change.before);
  add_unique(script, change.table, change.after);
}

}  // namespace tidemark::postgres_dialect
