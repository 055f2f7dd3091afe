// Names that are swapped or passed on. What speaks of such a name would read the same
// before and after and mean something else, so it follows the rename, as it does in
// the database.
#pragma once

#include "diff/comparison.h"

namespace tidemark {

/// Both throw Error(Fault::usage) where SQL that nobody writes anew speaks of a name.
void pass_on_columns(Comparison& c, Table& table, const Table& after, const Renames& passed);
void pass_on_tables(Comparison& c, const Renames& passed);

}  // namespace tidemark
