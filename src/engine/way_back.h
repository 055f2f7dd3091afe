// How one migration is taken back: the file that says so, or what the snapshots give;
// what it loses; and how it is proved.
#pragma once

#include <string>
#include <vector>

#include "apply/rollback.h"
#include "apply/status.h"
#include "diff/diff.h"
#include "engine/database.h"
#include "plan/impact.h"
#include "tidemark/plan.h"

namespace tidemark {

/// Something that needs a yes.
struct Consent {
  Hazard hazard;
  std::string text;  // "deletes 3 values of users.age"
};

struct FoundWayBack {
  WayBack way;
  std::vector<Consent> consents = {};
  /// Statements of the migration of which no snapshot knows; only where it is derived.
  std::vector<std::string> unknown = {};
  std::string_view proof;  // "recorded", "replayed", "snapshots" or "none"
};

/// What a difference loses of the rows that are there.
void judge_difference(const DiffResult& back, const Catalog& target, Connection& database,
                      FoundWayBack& found);

/// Throws Error(Fault::failed) where there is no way back at all.
FoundWayBack find_way_back(const Folder& folder, Target& target, const LiveScope& scope,
                           const MigrationStatus& migration);

}  // namespace tidemark
