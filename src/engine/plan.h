// `plan A B`: the statements between any two sources.
#pragma once

#include <string>

#include "engine/engine.h"

namespace tidemark {

struct PlanOptions {
  std::string from, to;
};

Plan plan_between(Project& project, const PlanOptions& options, RenameResolver& renames);

/// The text that `generate` would write for a plan.
std::string sql_of(const Plan& plan, bool breakpoints);

}  // namespace tidemark
