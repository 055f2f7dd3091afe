// Texts that a pattern of SQL matches: LIKE, GLOB, SIMILAR TO, and the regular expressions of
// PostgreSQL as far as checks use them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seed/dice.h"

namespace tidemark::seed {

/// As a regular expression that matches the whole text.
std::string regex_of_like(std::string_view pattern);
std::string regex_of_glob(std::string_view pattern);
std::string regex_of_similar(std::string_view pattern);

class Pattern {
 public:
  /// Empty for what is not understood: a look ahead, a reference back.
  static std::optional<Pattern> parse(std::string_view regex);

  /// Appends a text that it matches.
  void append(Dice& dice, std::string& out) const;

 private:
  friend class PatternReader;

  enum class Kind : std::uint8_t { characters, sequence, choice, repeat };
  Kind kind_ = Kind::sequence;
  std::string characters_ = {};  // of which it is one
  std::vector<Pattern> parts_ = {};
  std::size_t least_ = 1, most_ = 1;  // times
};

}  // namespace tidemark::seed
