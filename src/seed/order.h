// Tables in the order in which rows can be put into them.
#pragma once

#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::seed {

/// Those that are referred to come first. Where tables refer to each other in a circle,
/// the keys that may be NULL are left out of account, and what then is left of it keeps
/// the order of the catalog.
std::vector<const Table*> parents_first(const Catalog& catalog);

/// Whether every column of the key may be NULL.
bool may_be_null(const Table& table, const ForeignKey& key);

}  // namespace tidemark::seed
