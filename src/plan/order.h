// Puts drafts in the order in which they can run.
#pragma once

#include <vector>

#include "dialect/dialect.h"

namespace tidemark {

/// The peer's order wherever it works: by rank, and a draft leaves its place only
/// to wait for one that it depends on. Where drafts wait for each other in a
/// circle, rank decides.
std::vector<Draft> in_order(std::vector<Draft> drafts);

}  // namespace tidemark
