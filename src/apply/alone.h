// Statements that the server refuses inside a transaction. They are recorded
// before and after, so that a run that stops at one of them can be resumed there.
#pragma once

#include "apply/log_table.h"
#include "apply/script.h"

namespace tidemark {

/// Whether a statement that was started by an earlier run, which stopped before it
/// could say how it ended, has taken effect. Removes what a failed CREATE INDEX
/// CONCURRENTLY leaves behind, so that it can be started again.
bool took_effect(Connection& database, const MigrationStatement& statement);

/// Whether a statement waits for old transactions by design, harmlessly to others,
/// so that a short lock timeout would only make it fail.
bool waits_harmlessly(const MigrationStatement& statement);

}  // namespace tidemark
