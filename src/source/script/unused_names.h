#pragma once

#include <algorithm>
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::script {

/// Imported names that no code has mentioned so far.
class UnusedNames {
 public:
  void add(std::string_view name) {
    names_.emplace_back(name);
    filter_.set(slot(name));
  }
  void use(std::string_view word) {
    if (filter_.test(slot(word))) std::erase(names_, word);
  }
  bool holds(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

 private:
  /// Length, first and last letter: most words of a text fail this filter.
  static std::size_t slot(std::string_view word) {
    return (word.size() * 131 + static_cast<unsigned char>(word.front()) * 31 +
            static_cast<unsigned char>(word.back())) &
           4095;
  }
  std::vector<std::string> names_;
  std::bitset<4096> filter_;
};

}  // namespace tidemark::script
