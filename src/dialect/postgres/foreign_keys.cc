#include "dialect/postgres/foreign_keys.h"

namespace tidemark::postgres_dialect {

void add_foreign_key(Script& script, const Path& table, const ForeignKey& it, Rank rank) {
  Added draft = script.add_on(table, Step::add_foreign_key, rank,
                              sql("ALTER TABLE ", table, " ADD CONSTRAINT ", it.name,
                                  " FOREIGN KEY (", NameList{it.columns}, ") REFERENCES ",
                                  FullPath{it.target}, "(", NameList{it.target_columns},
                                  ") ON DELETE ", it.on_delete, " ON UPDATE ", it.on_update, ";"));
  draft.makes(key::constraint(table, it.name))
      .needs(key::relation(it.target))
      .needs(key::unique_over(it.target, it.target_columns));
  auto need = [&](const Path& owner, const Name& column) {
    draft.needs(key::column(owner, column)).needs(key::new_type(owner, column));
  };
  for (const Name& column : it.columns) need(table, column);
  for (const Name& column : it.target_columns) need(it.target, column);
}

void drop_foreign_key(Script& script, const Path& table, const ForeignKey& it, Rank rank) {
  const Path target = script.new_path(it.target);
  script
      .add_on(table, Step::drop_foreign_key, rank,
              sql("ALTER TABLE ", table, " DROP CONSTRAINT ", it.name, ";\n"))
      .drops(key::constraint(table, it.name))
      .releases(key::relation(target))
      .releases(key::unique_over(target, it.target_columns));
}

void write(Script& script, const Add<ForeignKey>& change) {
  add_foreign_key(script, change.table, change.part, Rank::foreign_keys_of_old_tables);
}
void write(Script& script, const Remove<ForeignKey>& change) {
  drop_foreign_key(script, change.table, change.part, Rank::drop_foreign_keys);
}
void write(Script& script, const Modify<ForeignKey>& change) {
  drop_foreign_key(script, change.table, change.before, Rank::drop_foreign_keys);
  add_foreign_key(script, change.table, change.after, Rank::foreign_keys_of_old_tables);
}

}  // namespace tidemark::postgres_dialect
