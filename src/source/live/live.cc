#include "source/live/live.h"

#include "source/live/postgres/read_postgres.h"
#include "source/live/postgres/settle_postgres.h"
#include "source/live/sqlite/read_sqlite.h"
#include "source/live/sqlite/settle_sqlite.h"

namespace tidemark {

LiveCatalog read_live(Connection& database, const LiveScope& scope) {
  if (database.engine() == Engine::postgresql) return read_postgres(database, scope);
  return sqlite_live::read_sqlite(database, scope);
}

LiveCatalog read_to_take_over(Connection& database, const LiveScope& scope) {
  LiveCatalog live = read_live(database, scope);
  if (database.engine() == Engine::postgresql) add_owned_sequences(live.catalog, database);
  return live;
}

Catalog in_plain_words(Catalog live) {
  if (live.engine != Engine::postgresql) return sqlite_live::in_plain_words(std::move(live));
  for (Table& table : live.tables)
    for (Column& column : table.columns)
      if (column.default_value) column.default_value = postgres_live::plain_default(column);
  return live;
}

}  // namespace tidemark
