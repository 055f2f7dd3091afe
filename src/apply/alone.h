// Statements that the server refuses inside a transaction. They are recorded
// before and after, so that a run that stops at one of them can be resumed there.
#pragma once

#include <string>

#include "apply/log_table.h"
#include "apply/script.h"

namespace tidemark {

/// What is there before a statement begins, as far as its outcome is read from it:
/// `{"tables": [oid], "indexes": [oid], "copies": bool}`, the indexes being those that are not
/// its own. Empty for a statement that leaves nothing behind when it fails.
std::string indexes_before(Connection& database, const MigrationStatement& statement);

/// Whether a statement whose outcome nobody knows, because no answer came, has taken effect
/// since then. An answer that refused it is an outcome.
bool took_effect(Connection& database, const MigrationStatement& statement,
                 const std::string& before);

/// Whether the index is already as the statement would leave it, whoever did that.
bool is_done(Connection& database, const MigrationStatement& statement);

/// Drops the indexes that a statement left invalid, so that it can be started again: those
/// of its tables that came since, and that nobody is still building.
void clear_away(Connection& database, const std::string& before);

/// Whether a statement waits for old transactions by design, harmlessly to others,
/// so that a short lock timeout would only make it fail.
bool waits_harmlessly(const MigrationStatement& statement);

}  // namespace tidemark
