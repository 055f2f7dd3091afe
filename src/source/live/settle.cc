#include "source/live/settle.h"

#include "source/live/postgres/settle_postgres.h"

namespace tidemark {

Settled settle(Catalog live, const Catalog& wanted, Connection& database) {
  if (database.engine() == Engine::postgresql)
    return settle_postgres(std::move(live), wanted, database);
  return {std::move(live)};
}

}  // namespace tidemark
