// Names that a server cuts off, and that become one name by it.
#pragma once

#include "tidemark/catalog.h"

namespace tidemark {

/// Throws Error(Fault::failed) for every two objects of `after` that share a namespace and
/// whose names differ only behind what the database keeps of a name (PostgreSQL: 63 bytes):
/// the second could not be created, or would be taken for the first. Two that are in
/// `before` already are none of our business.
void require_distinct_names(const Catalog& before, const Catalog& after);

}  // namespace tidemark
