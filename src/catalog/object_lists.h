// The lists that a catalog is made of, for what is done to each of them alike.
#pragma once

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

}  // namespace tidemark
