// Runs a plan that was made against a live database. What ran is told by the plan
// that the next look gives, so nothing is recorded.
#pragma once

#include <chrono>
#include <functional>

#include "apply/events.h"
#include "connect/connection.h"
#include "tidemark/plan.h"

namespace tidemark {

struct PlanRunOptions {
  std::chrono::milliseconds wait{600'000};      // for locked tables
  std::chrono::milliseconds lock_timeout{200};  // of one try; 0 waits without limit
  /// Called inside the first transaction, before its first statement: throws when the
  /// database is not any more what the plan was made for.
  std::function<void()> still_fits = [] {};
};

/// All statements in one transaction, where the server allows. Those it refuses inside
/// one run alone, between transactions.
///
/// Throws Error: failed (nothing was changed), halfway (says which statements are
/// applied), locked, interrupted.
void run_plan(Connection& database, const Plan& plan, const PlanRunOptions& options,
              const EventSink& events);

}  // namespace tidemark
