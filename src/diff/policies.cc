#include <algorithm>
#include <iterator>

#include "diff/comparison.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

std::vector<Policy> policies_on(const std::vector<Policy>& policies, const Path& table) {
  std::vector<Policy> found;
  std::ranges::copy_if(policies, std::back_inserter(found),
                       [&](const Policy& it) { return it.on == table; });
  return found;
}

// The tables that linked policies speak of, each once.
std::vector<Path> linked_tables(const Comparison& c) {
  std::vector<Path> tables;
  auto add = [&](const Policy& policy) {
    if (!std::ranges::count(tables, policy.on)) tables.push_back(policy.on);
  };
  std::ranges::for_each(c.before.policies, add);
  std::ranges::for_each(c.after.policies, add);
  return tables;
}

}  // namespace

void rename_policies(Comparison& c) {
  for (auto [before, after] : tables_of_both(c))
    for (const RenameDecision& it :
         rename_by_name(c, RenameKind::policy, before->policies, after->policies, after->path))
      c.changes.push_back(RenamePart<Policy>{after->path, it.before.name, it.after.name});
}

void rename_linked_policies(Comparison& c) {
  for (const Path& table : linked_tables(c)) {
    std::vector<Policy> before = policies_on(c.before.policies, table);
    for (const RenameDecision& it : rename_by_name(c, RenameKind::policy, before,
                                                   policies_on(c.after.policies, table), table)) {
      for (Policy& policy : c.before.policies)
        if (policy.on == table && policy.name == it.before.name) policy.name = it.after.name;
      c.changes.push_back(Rename<Policy>{it.before, it.after});
    }
  }
}

void compare_policies(const Table& before, const Table& after, Changes& out) {
  compare_parts(after.path, before.policies, after.policies, out);
}

void compare_linked_policies(Comparison& c) {
  ListDiff<Policy> diff = list_diff(c.before.policies, c.after.policies, &Policy::name);
  for (const Policy* it : diff.removed) c.changes.push_back(Drop<Policy>{*it});
  for (const Policy* it : diff.added) c.changes.push_back(Create<Policy>{*it});
  for (auto [before, after] : diff.matched)
    if (*before != *after) c.changes.push_back(Alter<Policy>{*before, *after});
}

// Policies switch row security on by being there, and off by leaving.
void compare_row_security(const Table& before, const Table& after, Changes& out) {
  if (before.row_security_off || after.row_security_off) {
    auto is_on = [](const Table& table) {
      return !table.row_security_off && (table.row_level_security || !table.policies.empty());
    };
    if (is_on(before) != is_on(after)) out.push_back(SetRowLevelSecurity{after.path, is_on(after)});
    return;
  }
  bool had = !before.policies.empty(), has = !after.policies.empty();
  bool switched_on = after.row_level_security && !before.row_level_security;
  bool switched_off = !after.row_level_security && before.row_level_security;
  if (switched_on || (!had && has && !after.row_level_security))
    out.push_back(SetRowLevelSecurity{after.path, true});
  else if (!has && (switched_off || (had && !after.row_level_security)))
    out.push_back(SetRowLevelSecurity{after.path, false});
}

}  // namespace tidemark
