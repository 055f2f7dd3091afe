// Views, and keeping them out of the way of what happens to their tables.
#pragma once

#include <vector>

#include "dialect/dialect.h"
#include "tidemark/catalog.h"

namespace tidemark::sqlite_sql {

Draft create_view_draft(const View& view, const Catalog& catalog);
/// `name` is what the database calls it; it is part of the older catalog.
Draft drop_view_draft(const View& view, const Name& name, const RenderInput& input);

/// SQLite changes no table while a view speaks of something that is not there, which is
/// the case in the middle of every rebuild, and while a generated column is away. So views
/// that no change is about, but which use these, are dropped and created again.
void move_views_aside(const RenderInput& input, std::vector<Draft>& drafts);

/// A view that passes on a column by its old name goes before all renames of columns, rather
/// than that one rename waits, and what comes after finds the old names.
void drop_before_renames(std::vector<Draft>& drafts);

}  // namespace tidemark::sqlite_sql
