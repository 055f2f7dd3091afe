// What two branches made of one schema, put together.
#pragma once

#include <string>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// An object that both branches changed, each in its own way.
struct MergeConflict {
  std::string object;        // "column users.age"
  std::string ours, theirs;  // "changes it", "drops it", "creates it", …
  bool operator==(const MergeConflict&) const = default;
};

struct MergeResult {
  Catalog catalog;  // `theirs` with our changes; of no use where there are conflicts
  std::vector<MergeConflict> conflicts = {};
};

/// Objects are the same by their names, parts of tables too: where one branch renames
/// what the other changes, that is a conflict. So is what one branch needs and the
/// other took away.
MergeResult merge(const Catalog& base, const Catalog& ours, const Catalog& theirs);

}  // namespace tidemark
