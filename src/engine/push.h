// `push`: the database is brought up to the schema files, without migrations.
#pragma once

#include <optional>
#include <vector>

#include "apply/events.h"
#include "apply/plan_run.h"
#include "diff/diff.h"
#include "engine/database.h"
#include "engine/engine.h"
#include "engine/measured_impact.h"
#include "engine/taken_along.h"
#include "source/live/live.h"
#include "source/live/settle.h"

namespace tidemark {

struct PushPlan {
  DatabaseSource database;
  Plan plan;
  std::vector<MeasuredImpact> losses;    // to be agreed to
  std::vector<TakenAlong> taken_along;   // told
  std::vector<MeasuredImpact> failures;  // rows that the plan would fail on
  std::vector<Undecided> undecided;      // left as they are
};

/// A push in two steps, so that questions can be asked between.
class Push {
 public:
  /// Reads the database and the schema, and makes the plan. Who only looks cannot apply it.
  Push(Project& project, RenameResolver& renames, Purpose purpose = Purpose::write);

  const PushPlan& plan() const { return plan_; }

  /// Runs it: throws Error(Fault::failed) when the database has changed since.
  void apply(PlanRunOptions options, const EventSink& events);

 private:
  void look(RenameResolver& renames, Purpose purpose);
  void make_plan_to(const Document& schema, const Catalog& live, RenameResolver& renames);
  /// From the database as it was read, because under their new names things can be
  /// compared with what is wanted.
  DiffResult renamed_difference(const Catalog& wanted, const Renames& renames);
  void require_unchanged();

  Project& project_;
  std::unique_ptr<Connection> connection_;
  LiveScope scope_;
  Catalog live_;      // as it was read, without what is others'
  Catalog declared_;  // by which that is told: roles belong to the whole server
  PushPlan plan_;
};

}  // namespace tidemark
