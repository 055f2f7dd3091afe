// Plans proved on a real PostgreSQL: a database that took the plan from `before`
// to `after` looks like one that was made from `after` at once, and the way back
// brings it to where it was.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "diff/diff.h"

namespace tidemark::tests {

/// Runs both ways inside transactions that are rolled back. Throws DatabaseError
/// where a statement fails, with the statement in its `detail`.
struct Proof {
  std::vector<std::string> migrated;  // what is there after before → after
  std::vector<std::string> made;      // what is there after nothing → after
  std::vector<std::string> started;   // what is there after nothing → before
  std::vector<std::string> returned;  // what is there after before → after → before
};
Proof prove(Connection& connection, const Catalog& before, const Catalog& after,
            const DiffResult& diff);

}  // namespace tidemark::tests
