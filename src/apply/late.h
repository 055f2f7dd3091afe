// An old migration without a history row, while something newer was applied by another
// tool, or is said to be applied: was it never applied (merged late from a branch), or
// applied before the history was begun (a baseline)? What it creates tells, if it still
// would be there.
#pragma once

#include "apply/status.h"

namespace tidemark {

/// Leaves undecided only the migrations of which the catalog does not show that they were
/// never applied.
void rule_out_undecided(Connection& database, Status& status);

/// Throws Error(Fault::answer_needed) that names the undecided migrations.
void require_decided(const Status& status, const HistoryTable& history);

}  // namespace tidemark
