// A view marked `existing` belongs to somebody else: nothing is done to it, and
// nothing is said about it.
#include <algorithm>

#include "diff/comparison.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

const View* view_at(const std::vector<View>& views, const Path& path) {
  auto found = std::ranges::find(views, path, &View::path);
  return found == views.end() ? nullptr : &*found;
}

// The columns of a view follow from its definition.
bool same_view(const View& before, const View& after) {
  View columnless = before;
  columnless.columns = after.columns;
  return columnless == after;
}

}  // namespace

void rename_views(Comparison& c) {
  Renames decided = rename_by_path(c, RenameKind::view, c.before.views, c.after.views);
  // SQLite has no RENAME for views: the old name is dropped, whoever made it.
  bool renames_others = c.after.engine != Engine::postgresql;
  std::erase_if(decided, [&](const RenameDecision& it) {
    return (view_at(c.before.views, it.after)->existing && !renames_others) ||
           view_at(c.after.views, it.after)->existing;
  });
  add_moves_and_renames<View>(decided, c.changes);
}

void compare_views(Comparison& c) {
  ListDiff<View> diff = list_diff(c.before.views, c.after.views, &View::path);
  for (const View* it : diff.removed)
    if (!it->existing) c.changes.push_back(Drop<View>{*it});
  for (const View* it : diff.added)
    if (!it->existing) c.changes.push_back(Create<View>{*it});
  for (auto [before, after] : diff.matched)
    if (!after->existing && !same_view(*before, *after))
      c.changes.push_back(Alter<View>{*before, *after});
}

}  // namespace tidemark
