// Words for one and for many, as Drizzle Kit makes names of relations.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::schema_text {

std::string singular(std::string_view word);
std::string plural(std::string_view word);

struct IrregularWord {
  std::string_view one, many;
};

/// An end of a word, as a regular expression, and what comes in its place.
struct WordRule {
  const char* pattern;
  const char* replacement;
};

const std::vector<IrregularWord>& irregular_words();
const std::vector<WordRule>& plural_rules();  // the last one that matches counts
const std::vector<WordRule>& singular_rules();
const std::set<std::string, std::less<>>& uncountable_words();

}  // namespace tidemark::schema_text
