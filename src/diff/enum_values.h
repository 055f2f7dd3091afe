#pragma once

#include <span>
#include <string>
#include <vector>

namespace tidemark {

struct InsertedValue {
  std::string value;
  std::string before;  // empty: at the end

  bool operator==(const InsertedValue&) const = default;
};

struct EnumValuesDiff {
  std::vector<InsertedValue> inserted;  // in the order they are to be added
  bool only_inserted = true;            // otherwise values left or changed places
};

/// Compares as the peer does: the longest run of values that both have stays,
/// then the same again on either side of it.
EnumValuesDiff enum_values_diff(std::span<const std::string> before,
                                std::span<const std::string> after);

}  // namespace tidemark
