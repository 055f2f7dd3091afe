// Unique constraints of SQLite tables that a migration takes for indexes: a Drizzle schema
// knows nothing else. A table that was made by hand may have them inside its CREATE TABLE,
// where DROP INDEX does not reach.
#pragma once

#include <optional>
#include <vector>

#include "apply/events.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

struct FittedScript {
  Script script;
  std::vector<Remark> remarks;  // what it does that the file does not say
};

/// How a script has to be run on the database as it is now; nothing where it can run as it
/// stands. A table whose constraint is dropped by the name of an index is built anew first, with
/// that index; a constraint that is dropped only to be made again stays.
std::optional<FittedScript> with_constraints_as_indexes(Connection& database, const Script& script);

}  // namespace tidemark
