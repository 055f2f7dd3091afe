// Taking migrations back, as `rollback` and `repair --undo` show it and ask.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "engine/rollback.h"

namespace tidemark {

struct RollbackAnswers {
  std::vector<std::string> allow;  // hazards that are agreed to
  bool dry_run = false;
};

/// Shows what will be done, asks where a yes is needed, and does it. Returns the exit code.
int take_back(Project& project, const RollbackRequest& request, const RollbackAnswers& answers,
              const RollbackOptions& options, Console& console);

}  // namespace tidemark
