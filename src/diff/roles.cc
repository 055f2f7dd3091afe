#include "diff/comparison.h"
#include "diff/rename_objects.h"

namespace tidemark {

void rename_roles(Comparison& c) {
  for (const RenameDecision& it :
       rename_by_name(c, RenameKind::role, c.before.roles, c.after.roles))
    c.changes.push_back(Rename<Role>{it.before, it.after});
}

void compare_roles(Comparison& c) {
  ListDiff<Role> diff = list_diff(c.before.roles, c.after.roles, &Role::name);
  for (const Role* it : diff.removed) c.changes.push_back(Drop<Role>{*it});
  for (const Role* it : diff.added) c.changes.push_back(Create<Role>{*it});
  for (auto [before, after] : diff.matched)
    if (*before != *after) c.changes.push_back(Alter<Role>{*before, *after});
}

}  // namespace tidemark
