#include "schema_text/plural.h"

#include <algorithm>
#include <ranges>
#include <regex>

#include "base/text.h"

namespace tidemark::schema_text {
namespace {

struct Compiled {
  std::regex pattern;
  std::string replacement;
};

std::vector<Compiled> compiled(const std::vector<WordRule>& rules) {
  std::vector<Compiled> out;
  for (const WordRule& rule : rules | std::views::reverse)
    out.push_back(
        {std::regex(rule.pattern, std::regex::ECMAScript | std::regex::icase), rule.replacement});
  return out;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

/// A word in the case of another.
std::string like(const std::string& other, const std::string& word) {
  if (other == word) return word;
  if (other == lower(other)) return lower(word);
  if (other == upper(other)) return upper(word);
  std::string out = lower(word);
  if (!out.empty() && other[0] >= 'A' && other[0] <= 'Z') out[0] = upper(out.substr(0, 1))[0];
  return out;
}

/// `$1` and `$2` are the groups of a match, `$0` is all of it.
std::string filled(const std::string& replacement, const std::smatch& match) {
  std::string out;
  for (std::size_t i = 0; i < replacement.size(); i++) {
    if (replacement[i] != '$')
      out += replacement[i];
    else
      out += match.str(static_cast<std::size_t>(replacement[++i] - '0'));
  }
  return out;
}

std::string changed(const std::string& word, const std::vector<Compiled>& rules) {
  for (const Compiled& rule : rules) {
    std::smatch match;
    if (!std::regex_search(word, match, rule.pattern)) continue;
    std::string model = match.str();
    if (model.empty()) model = word.substr(static_cast<std::size_t>(match.position()) - 1, 1);
    return match.prefix().str() + like(model, filled(rule.replacement, match)) +
           match.suffix().str();
  }
  return word;
}

// An irregular word by one of its forms, as the other; what is that other already stays.
std::string turned(std::string_view given, std::string_view IrregularWord::*from,
                   std::string_view IrregularWord::*to, const std::vector<Compiled>& rules) {
  std::string word(given), token = lower(given);
  auto is_outside_ascii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (word.empty() || is_outside_ascii(word.back())) return word;
  const auto& words = irregular_words();
  if (std::ranges::find(words, token, to) != words.end()) return like(word, token);
  // The last of a form counts: `they` is of he, she and it.
  auto known = std::ranges::find(words | std::views::reverse, token, from);
  if (known != (words | std::views::reverse).end()) return like(word, std::string((*known).*to));
  return uncountable_words().contains(token) ? word : changed(word, rules);
}

}  // namespace

std::string singular(std::string_view word) {
  static const std::vector<Compiled> rules = compiled(singular_rules());
  return turned(word, &IrregularWord::many, &IrregularWord::one, rules);
}

std::string plural(std::string_view word) {
  static const std::vector<Compiled> rules = compiled(plural_rules());
  return turned(word, &IrregularWord::one, &IrregularWord::many, rules);
}

}  // namespace tidemark::schema_text
