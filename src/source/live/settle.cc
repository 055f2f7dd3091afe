#include "source/live/settle.h"

#include "source/live/postgres/settle_postgres.h"
#include "source/live/scope.h"
#include "source/live/sqlite/settle_sqlite.h"

namespace tidemark {

Settled settle(Catalog live, const Catalog& wanted, const LiveScope& scope, Connection& database,
               const OldNames& old) {
  leave_to_others(live, wanted, scope);
  if (database.engine() == Engine::postgresql)
    return settle_postgres(std::move(live), wanted, database, old);
  return sqlite_live::settle_sqlite(std::move(live), wanted);
}

Catalog settle_by_looking(Catalog live, const Catalog& wanted, Engine engine) {
  if (engine != Engine::postgresql) return sqlite_live::settle_sqlite(std::move(live), wanted).live;
  postgres_live::settle_shape(live, wanted);
  return live;
}

}  // namespace tidemark
