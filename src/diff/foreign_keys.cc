// Foreign keys name two tables. When one of those was renamed, the peer drops and
// re-creates the key, because it compares the names as they were written; a key
// of a table that only moved to another schema stays.
#include <algorithm>

#include "diff/comparison.h"

namespace tidemark {

namespace {

const RenameDecision* rename_of(const Renames& renames, const Path& table,
                                Path RenameDecision::*side) {
  auto found = std::ranges::find_if(renames, [&](const RenameDecision& it) {
    return it.kind == RenameKind::table && it.*side == table;
  });
  return found == renames.end() ? nullptr : &*found;
}

// The key as it reads once the tables it points at have moved.
ForeignKey after_moves(ForeignKey key, const Renames& renames) {
  if (auto* moved = rename_of(renames, key.target, &RenameDecision::before))
    key.target = moved->after;
  return key;
}

}  // namespace

void compare_foreign_keys(const Comparison& c, const Table& before, const Table& after,
                          Changes& out) {
  ListDiff<ForeignKey> diff = list_diff(before.foreign_keys, after.foreign_keys, &ForeignKey::name);
  for (const ForeignKey* key : diff.removed) out.push_back(Remove<ForeignKey>{after.path, *key});
  for (const ForeignKey* key : diff.added) out.push_back(Add<ForeignKey>{after.path, *key});

  const RenameDecision* renamed = rename_of(c.renames, after.path, &RenameDecision::after);
  bool new_name = renamed && renamed->before.name != renamed->after.name;
  bool only_moved = renamed && !new_name;
  for (auto [old, now] : diff.matched) {
    ForeignKey expected = only_moved ? after_moves(*old, c.renames) : *old;
    if (new_name || expected != *now) out.push_back(Modify<ForeignKey>{after.path, *old, *now});
  }
}

}  // namespace tidemark
