#pragma once

#include <vector>

#include "diff/merge.h"

namespace tidemark {

/// What `ours` or `theirs` had together, and the merge tore apart: a foreign key without
/// its table, an index without its column, a column without its type.
std::vector<MergeConflict> torn_apart(const Catalog& merged, const Catalog& ours);

}  // namespace tidemark
