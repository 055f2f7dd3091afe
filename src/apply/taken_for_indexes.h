// Unique constraints of SQLite tables that a migration takes for indexes: a Drizzle schema
// knows nothing else. A table that was made by hand may have them inside its CREATE TABLE,
// where DROP INDEX does not reach.
#pragma once

#include <vector>

#include "apply/events.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

/// The script as it has to be run on this database. A table whose constraint is dropped by the
/// name of an index is built anew first, with that index; a constraint that is dropped only to
/// be made again stays. Says so in `remarks`.
Script with_constraints_as_indexes(Connection& database, Script script,
                                   std::vector<Remark>& remarks);

}  // namespace tidemark
