#include "source/table_filter.h"

#include <algorithm>

#include "source/glob.h"

namespace tidemark {
namespace {

bool matches(std::string_view table, std::string_view pattern) {
  return std::ranges::any_of(expand_braces(pattern),
                             [&](const std::string& one) { return segment_matches(one, table); });
}

}  // namespace

bool passes_filter(std::string_view table, std::span<const std::string> patterns) {
  bool asked = false, wanted = false;
  for (std::string_view pattern : patterns) {
    bool negated = pattern.starts_with('!');
    if (negated) pattern.remove_prefix(1);
    bool matched = matches(table, pattern);
    if (negated && matched) return false;
    asked = asked || !negated;
    wanted = wanted || (!negated && matched);
  }
  return wanted || !asked;
}

}  // namespace tidemark
