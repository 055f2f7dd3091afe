#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

void create_view(Script& script, const View& view, Rank rank);
void drop_view(Script& script, const View& view, Rank rank);

/// A view that is made anew gets its new name on the way: it is dropped under the old one.
void recreate_view(Script& script, const View& before, const View& after);
/// Leaves out the renames and moves of such views; the last of all that is written.
void forget_names_of_recreated_views(Script& script);

}  // namespace tidemark::postgres_dialect
