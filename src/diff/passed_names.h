// Names that are swapped or passed on. What speaks of such a name would read the same
// before and after and mean something else, so it follows the rename, as it does in
// the database.
#pragma once

#include "diff/renames.h"
#include "tidemark/catalog.h"

namespace tidemark {

/// Both throw Error(Fault::usage) where SQL that cannot be rewritten speaks of a name.
void pass_on_columns(Catalog& catalog, Table& table, const Renames& passed);
void pass_on_tables(Catalog& catalog, const Renames& passed);

}  // namespace tidemark
