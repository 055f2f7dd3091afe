// The lists that a catalog is made of, for what is done to each of them alike.
#pragma once

#include <algorithm>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// Calls `act` with each list of `one` and the same list of `other`.
template <class Act>
void for_each_list(Catalog& one, const Catalog& other, const Act& act) {
  act(one.schemas, other.schemas);
  act(one.enums, other.enums);
  act(one.sequences, other.sequences);
  act(one.roles, other.roles);
  act(one.tables, other.tables);
  act(one.policies, other.policies);
  act(one.views, other.views);
}

/// Whether two objects of a kind have one name: a path, where the kind has one.
template <class Object>
bool same_name(const Object& one, const Object& other) {
  if constexpr (requires { one.path; })
    return one.path == other.path;
  else
    return one.name == other.name;
}

/// The object of that name in a list, or its end.
template <class List, class Object>
auto find_same(List& list, const Object& object) {
  return std::ranges::find_if(list, [&](const Object& it) { return same_name(it, object); });
}

template <class Object>
bool holds_same(const std::vector<Object>& list, const Object& object) {
  return find_same(list, object) != list.end();
}

}  // namespace tidemark
