#pragma once

#include "dialect/mentions.h"
#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// What the text of a view may speak of: where it has a star, any column.
class ViewText {
 public:
  explicit ViewText(const View& view);
  bool reads(const Name& relation) const { return used_.of(relation); }
  bool reads_column(const Name& column) const { return everything_ || used_.of(column); }

 private:
  Mentions used_;
  bool everything_;
};

/// Whether no ALTER leads from one to the other. The columns of a view follow from its
/// definition.
bool must_be_recreated(const View& before, const View& after);

/// What a view was called before this migration; any other path as it is.
Path old_path_of_view(const Script& script, Path path);

void create_view(Script& script, const View& view, Rank rank);
void drop_view(Script& script, const View& view, Rank rank);

/// A view that is made anew gets its new name on the way: it is dropped under the old one.
void recreate_view(Script& script, const View& before, const View& after);
/// Leaves out the renames and moves of such views; the last of all that is written.
void forget_names_of_recreated_views(Script& script);

}  // namespace tidemark::postgres_dialect
