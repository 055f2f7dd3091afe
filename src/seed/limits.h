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

Limits limits_of(const Catalog& catalog, const Table& table, const Column& column);

}  // namespace tidemark::seed
