// The one list differ: pairs two lists by a key, whatever they hold.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

namespace tidemark {

/// Pointers into the two lists that were paired.
template <class Item>
struct ListDiff {
  std::vector<const Item*> removed;                          // in the old order
  std::vector<const Item*> added;                            // in the new order
  std::vector<std::pair<const Item*, const Item*>> matched;  // in the old order
};

template <class Item, class Key>
ListDiff<Item> list_diff(const std::vector<Item>& before, const std::vector<Item>& after,
                         Key Item::*key) {
  std::unordered_map<Key, const Item*> left, right;
  for (const Item& item : before) left.emplace(item.*key, &item);
  for (const Item& item : after) right.emplace(item.*key, &item);

  ListDiff<Item> result;
  for (const Item& item : before) {
    auto found = right.find(item.*key);
    if (found == right.end())
      result.removed.push_back(&item);
    else
      result.matched.emplace_back(&item, found->second);
  }
  for (const Item& item : after)
    if (!left.contains(item.*key)) result.added.push_back(&item);
  return result;
}

}  // namespace tidemark
