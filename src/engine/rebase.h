// `rebase`: where two branches met in the folder, our migrations are made again on top
// of theirs.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "folder/replacement.h"

namespace tidemark {

enum class Rebased : std::uint8_t {
  kept,       // its SQL is right on theirs as it is
  made_anew,  // its changes come out as other statements there
  left_out,   // theirs did the same
};

struct RebasedMigration {
  std::string was, tag;  // `tag` is empty for one that is left out
  Rebased how = Rebased::kept;
  Plan plan = {};  // of one that is made anew
};

struct RebasePlan {
  std::vector<std::string> theirs;
  std::vector<RebasedMigration> ours;

  bool empty() const { return ours.empty() && theirs.empty(); }
};

/// In two steps, so that what will happen can be shown between.
class Rebase {
 public:
  /// `ours` is a migration of the branch that is to come last; empty: see find_branches.
  /// Throws Error(Fault::failed) that names everything both branches changed.
  Rebase(Project& project, const std::string& ours);

  const RebasePlan& plan() const { return plan_; }
  void apply();

 private:
  Folder folder_;
  Bundle bundle_;
  RebasePlan plan_;
  Replacement replacement_;
};

}  // namespace tidemark
