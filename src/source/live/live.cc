#include "source/live/live.h"

#include "source/live/postgres/read_postgres.h"
#include "tidemark/error.h"

namespace tidemark {

LiveCatalog read_live(Connection& database, const LiveScope& scope) {
  if (database.engine() == Engine::postgresql) return read_postgres(database, scope);
  throw Error(Fault::usage, "a live SQLite database cannot be read in this version");
}

}  // namespace tidemark
