// Plans proved on a real PostgreSQL: a database that took the plan from `before`
// to `after` looks like one that was made from `after` at once.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "diff/diff.h"

namespace tidemark::testing {

/// Runs both ways inside transactions that are rolled back. Throws DatabaseError
/// where a statement fails, with the statement in its `detail`.
struct Proof {
  std::vector<std::string> migrated;  // what is there after before → after
  std::vector<std::string> made;      // what is there after nothing → after
};
Proof prove(Connection& connection, const Catalog& before, const Catalog& after,
            const DiffResult& diff);

}  // namespace tidemark::testing
