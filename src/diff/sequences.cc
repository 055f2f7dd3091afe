#include "diff/comparison.h"
#include "diff/rename_objects.h"

namespace tidemark {

void rename_sequences(Comparison& c) {
  add_moves_and_renames<Sequence>(
      rename_by_path(c, RenameKind::sequence, c.before.sequences, c.after.sequences), c.changes);
}

void compare_sequences(Comparison& c) {
  ListDiff<Sequence> diff = list_diff(c.before.sequences, c.after.sequences, &Sequence::path);
  for (const Sequence* it : diff.removed) c.changes.push_back(Drop<Sequence>{*it});
  for (const Sequence* it : diff.added) c.changes.push_back(Create<Sequence>{*it});
  for (auto [before, after] : diff.matched)
    if (*before != *after) c.changes.push_back(Alter<Sequence>{*before, *after});
}

}  // namespace tidemark
