// Asking about one list of names, and giving the items that were renamed their
// new names.
#pragma once

#include <algorithm>
#include <unordered_map>

#include "diff/comparison.h"

namespace tidemark {

inline Path key_path(const Path& path) { return path; }
inline Path key_path(const Name& name) { return {{}, name}; }

/// The names that came and went; empty lists when nothing did.
template <class Item, class Key>
RenameGroup rename_group(RenameKind kind, const std::vector<Item>& before,
                         const std::vector<Item>& after, Key Item::*key, const Path& table = {}) {
  ListDiff<Item> diff = list_diff(before, after, key);
  RenameGroup group{.kind = kind, .table = table, .created = {}, .deleted = {}};
  for (const Item* item : diff.added) group.created.push_back(key_path(item->*key));
  for (const Item* item : diff.removed) group.deleted.push_back(key_path(item->*key));
  if (kind == RenameKind::table || kind == RenameKind::column)
    for (auto [item, same] : diff.matched) group.kept.push_back(key_path(item->*key));
  return group;
}

/// What the resolver decided about the group; also kept in `c.renames`.
Renames decide(Comparison& c, const RenameGroup& group);

using NewNames = std::unordered_map<Path, Path>;
NewNames new_names(const Renames& renames);

/// Gives each renamed item its new path. Returns the decisions in their order.
template <class Item>
Renames rename_by_path(Comparison& c, RenameKind kind, std::vector<Item>& before,
                       const std::vector<Item>& after) {
  Renames decided = decide(c, rename_group(kind, before, after, &Item::path));
  NewNames names = new_names(decided);
  if (names.empty()) return decided;
  for (Item& item : before)
    if (auto found = names.find(item.path); found != names.end()) item.path = found->second;
  return decided;
}

/// The same for items that have a bare name.
template <class Item>
Renames rename_by_name(Comparison& c, RenameKind kind, std::vector<Item>& before,
                       const std::vector<Item>& after, const Path& table = {}) {
  Renames decided = decide(c, rename_group(kind, before, after, &Item::name, table));
  NewNames names = new_names(decided);
  if (names.empty()) return decided;
  for (Item& item : before)
    if (auto found = names.find(Path{{}, item.name}); found != names.end())
      item.name = found->second.name;
  return decided;
}

struct RenameStep {
  Path before, after;
};
/// One rename after the other, so that each name is free when it is given: those that
/// wait for a name come later, and a circle goes through a temporary name.
std::vector<RenameStep> in_steps(std::vector<RenameStep> renames);

/// The renames that give or take a name which both sides have: it goes to what another rename
/// or a new item of the list is.
template <class Item, class Key>
Renames passed_on(const Renames& decided, const std::vector<Item>& after, Key Item::*key) {
  auto taken = [&](const Path& name) {
    return std::ranges::any_of(after, [&](const Item& it) { return key_path(it.*key) == name; });
  };
  Renames found;
  for (const RenameDecision& it : decided)
    if (taken(it.before) || std::ranges::count(decided, it.after, &RenameDecision::before) > 0)
      found.push_back(it);
  return found;
}

/// A change of schema and a change of name are two changes, the schema's first.
template <class Object>
void add_moves_and_renames(const Renames& decided, Changes& out) {
  for (const RenameDecision& it : decided)
    if (it.before.schema != it.after.schema)
      out.push_back(Move<Object>{it.before, {it.after.schema, it.before.name}});
  std::vector<RenameStep> renames;
  for (const RenameDecision& it : decided)
    if (it.before.name != it.after.name)
      renames.push_back({{it.after.schema, it.before.name}, it.after});
  for (RenameStep& it : in_steps(std::move(renames)))
    out.push_back(Rename<Object>{std::move(it.before), std::move(it.after)});
}

}  // namespace tidemark
