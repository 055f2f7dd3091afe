// What the page asks of the tables: their rows, how many, one value, and what they are.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/json.h"
#include "studio/lane.h"
#include "studio/tables.h"

namespace tidemark::studio {

/// Rows are counted exactly up to so many; beyond it is an estimate.
constexpr std::size_t counted_rows = 10'000;

struct TableAnswer {
  std::function<json::object(DatabaseSession&, const Tables&, const json::object& parameters)> work;
  bool counts = false;  // looks at every row: not to hold up the others
};

/// By the path of the request.
const std::map<std::string, TableAnswer>& table_answers();

}  // namespace tidemark::studio
