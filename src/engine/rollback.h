// `rollback`: migrations of the database are taken back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apply/rollback.h"
#include "engine/engine.h"
#include "engine/way_back.h"

namespace tidemark {

/// Which migrations: the newest `count`, or all that were applied after `to`.
struct RollbackRequest {
  std::size_t count = 1;
  std::string to = {};
  bool all = false;
  std::string half = {};  // or what this one did that stopped half-way
};

struct RollbackPlan {
  DatabaseSource database;
  std::vector<FoundWayBack> ways;  // newest first
};

/// In two steps, so that questions can be asked between.
class Rollback {
 public:
  /// Looks what is applied and how it is taken back. Throws Error: usage (a tag that is
  /// not known or not applied), failed (no way back, an edited or missing file).
  Rollback(Project& project, const RollbackRequest& request);

  const RollbackPlan& plan() const { return plan_; }
  void apply(RollbackOptions options, const EventSink& events);

 private:
  void look(Project& project, const RollbackRequest& request);

  Target target_;
  RollbackPlan plan_;
};

}  // namespace tidemark
