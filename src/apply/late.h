// An old migration without a history row, in a database that another tool has
// migrated: was it never applied (merged late from a branch), or applied before
// the history was begun (a baseline)? What it creates tells, if it still would be
// there.
#pragma once

#include <span>
#include <vector>

#include "apply/status.h"

namespace tidemark {

/// Throws Error(Fault::answer_needed) that names the late migrations of which the
/// catalog does not show that they were never applied.
void require_never_applied(Connection& database, const Status& status, const HistoryTable& history);

}  // namespace tidemark
