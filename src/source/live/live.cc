#include "source/live/live.h"

#include "source/live/postgres/read_postgres.h"
#include "source/live/postgres/settle_postgres.h"
#include "tidemark/error.h"

namespace tidemark {

LiveCatalog read_live(Connection& database, const LiveScope& scope) {
  if (database.engine() == Engine::postgresql) return read_postgres(database, scope);
  throw Error(Fault::usage, "a live SQLite database cannot be read in this version");
}

Catalog in_plain_words(Catalog live) {
  if (live.engine != Engine::postgresql) return live;
  for (Table& table : live.tables)
    for (Column& column : table.columns)
      if (column.default_value) column.default_value = postgres_live::plain_default(column);
  return live;
}

}  // namespace tidemark
