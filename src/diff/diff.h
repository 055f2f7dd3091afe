// What turns one catalog into another.
#pragma once

#include <functional>
#include <vector>

#include "diff/renames.h"
#include "tidemark/catalog.h"
#include "tidemark/change.h"

namespace tidemark {

struct DiffResult {
  Changes changes;  // grouped by kind and table; the planner puts them in order
  Renames renames;  // as decided, for the snapshot's `_meta`
  Catalog renamed;  // `before` with the renames applied: what `changes` compare
  /// Tables, by their paths in `before`, whose names or columns' names earlier migrations
  /// gave or took: what the server named after them may have another name. `diff` leaves it empty.
  std::vector<Path> renamed_earlier = {};
  /// Whether rows that were kept come back between the statements.
  bool is_way_back = false;
};

/// Renames are applied to `before` first, then both are compared plainly, so an
/// object that is renamed and changed in one step gives both changes. As with the
/// peer, only the names themselves change: indexes and constraints that speak of
/// a renamed column by its old name count as changed.
DiffResult diff(const Catalog& before, const Catalog& after, RenameResolver& renames);

/// The same, with a look at the renamed catalog before it is compared.
using Adjust = std::function<void(Catalog& renamed, const Renames& decided)>;
DiffResult diff(const Catalog& before, const Catalog& after, RenameResolver& renames,
                const Adjust& adjust);

}  // namespace tidemark
