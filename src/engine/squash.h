// `squash`: several migrations of the folder become one.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/folder_proof.h"
#include "folder/replacement.h"

namespace tidemark {

/// What becomes of statements that no snapshot knows of.
enum class OwnSql : std::uint8_t { ask, keep, leave_out };

struct SquashOptions {
  std::string from, to;  // tags, both included; empty: the first, the last
  std::string name = "squashed";
  OwnSql own_sql = OwnSql::ask;
  std::string scratch;  // the URL of an empty PostgreSQL database
};

struct SquashPlan {
  std::vector<std::string> squashed;  // tags
  std::string tag;                    // of the one that stands for them
  Plan plan;
  std::vector<std::string> own_sql;  // statements that are kept after it
  FolderProof proof = FolderProof::not_asked;

  bool empty() const { return squashed.empty(); }
};

/// In two steps, so that what will happen can be shown between.
class Squash {
 public:
  /// Throws Error: usage (a tag), answer_needed (SQL of which no snapshot knows), failed
  /// (no snapshots; the new folder does not give the same database).
  Squash(Project& project, const SquashOptions& options);

  const SquashPlan& plan() const { return plan_; }
  void apply();

 private:
  void decide(const SquashOptions& options);

  Folder folder_;
  Bundle bundle_;
  SquashPlan plan_;
  Replacement replacement_;
};

}  // namespace tidemark
