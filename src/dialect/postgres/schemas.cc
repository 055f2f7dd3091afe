#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

void write(Script& script, const Create<Schema>& change) {
  script
      .add(Step::create_schema, Rank::create_schemas,
           sql("CREATE SCHEMA ", change.object.name, ";\n"))
      .makes(key::schema(change.object.name));
}

void write(Script& script, const Drop<Schema>& change) {
  script.add(Step::drop_schema, Rank::drop_schemas, sql("DROP SCHEMA ", change.object.name, ";\n"))
      .drops(key::schema(change.object.name));
}

void write(Script& script, const Rename<Schema>& change) {
  script
      .add(Step::rename_schema, Rank::rename_schemas,
           sql("ALTER SCHEMA ", change.before.name, " RENAME TO ", change.after.name, ";\n"))
      .vacates(key::schema(change.before.name))
      .makes(key::schema(change.after.name));
}

}  // namespace tidemark::postgres_dialect
