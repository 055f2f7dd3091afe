#include "diff/enum_values.h"

#include <algorithm>

namespace tidemark {

namespace {

using Values = std::span<const std::string>;

struct Run {
  std::size_t before = 0, after = 0, length = 0;
};

// The first of the longest runs that both lists have.
Run longest_common_run(Values before, Values after) {
  Run best;
  std::vector<std::size_t> ending(after.size() + 1), previous(after.size() + 1);
  for (std::size_t i = 0; i < before.size(); ++i) {
    std::ranges::fill(ending, 0);
    for (std::size_t j = 0; j < after.size(); ++j) {
      if (before[i] != after[j]) continue;
      ending[j + 1] = previous[j] + 1;
      if (ending[j + 1] > best.length)
        best = {i + 1 - ending[j + 1], j + 1 - ending[j + 1], ending[j + 1]};
    }
    std::swap(ending, previous);
  }
  return best;
}

void compare(Values before, Values after, const std::string& next_kept, EnumValuesDiff& out) {
  Run run = longest_common_run(before, after);
  if (run.length == 0) {
    if (!before.empty()) out.only_inserted = false;
    for (const std::string& value : after) out.inserted.push_back({value, next_kept});
    return;
  }
  compare(before.first(run.before), after.first(run.after), after[run.after], out);
  compare(before.subspan(run.before + run.length), after.subspan(run.after + run.length), next_kept,
          out);
}

}  // namespace

EnumValuesDiff enum_values_diff(Values before, Values after) {
  EnumValuesDiff diff;
  compare(before, after, "", diff);
  return diff;
}

}  // namespace tidemark
