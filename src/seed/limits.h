// What a column's values may be, as far as its type and simple checks tell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::seed {

struct Limits {
  std::vector<std::string> choices = {};        // of an enum, or `x IN (…)`; empty: any
  std::optional<double> least = {}, most = {};  // of a number
  std::size_t shortest = 0;                     // of a text
  std::size_t longest = 0;                      // 0: no limit
};

/// A check that compares two columns: the value of one must not be above the other's.
struct Ordering {
  Name smaller, larger;
  bool strict = false;

  bool operator==(const Ordering&) const = default;
};
std::vector<Ordering> orderings_of(const Table& table);

Limits limits_of(const Catalog& catalog, const Table& table, const Column& column);

}  // namespace tidemark::seed
