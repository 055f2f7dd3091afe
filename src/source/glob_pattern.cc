// The text half of globs: patterns against names, without any file.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "source/glob.h"

namespace tidemark {
namespace {

/// The end of the bracket that opens at `open`, nesting and escapes respected.
std::size_t closing(std::string_view text, std::size_t open, char opens, char closes) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == opens)
      ++depth;
    else if (text[at] == closes && --depth == 0)
      return at;
  }
  return std::string_view::npos;
}

/// Splits at separators that stand inside no bracket.
std::vector<std::string_view> split_outside(std::string_view text, char separator, char opens,
                                            char closes) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == opens)
      ++depth;
    else if (text[at] == closes)
      --depth;
    else if (text[at] == separator && depth == 0) {
      parts.push_back(text.substr(start, at - start));
      start = at + 1;
    }
  }
  parts.push_back(text.substr(start));
  return parts;
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The members of what stands between braces; empty when it is not a list.
std::vector<std::string> brace_members(std::string_view inside) {
  std::vector<std::string> members;
  std::size_t dots = inside.find("..");
  if (dots != std::string_view::npos) {
    auto first = whole_number(inside.substr(0, dots));
    auto last = whole_number(inside.substr(dots + 2));
    if (first && last && std::abs(*last - *first) <= 1000) {
      for (int i = *first; i != *last; i += *first < *last ? 1 : -1)
        members.push_back(std::to_string(i));
      members.push_back(std::to_string(*last));
      return members;
    }
  }
  auto parts = split_outside(inside, ',', '{', '}');
  if (parts.size() > 1) members.assign(parts.begin(), parts.end());
  return members;
}

std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
    ++length;
  return length;
}

/// One `[…]`: does it hold the character? Sets `rest` to what follows it; without
/// a closing bracket it is no class.
std::optional<bool> class_holds(std::string_view pattern, char character, std::string_view& rest) {
  std::size_t at = 1;
  bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool held = false;
  for (bool first = true; at < pattern.size(); first = false) {
    if (pattern[at] == ']' && !first) {
      rest = pattern.substr(at + 1);
      return held != negated;
    }
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    char low = pattern[at], high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    held = held || (low <= character && character <= high);
    ++at;
  }
  return std::nullopt;
}

bool is_extended(std::string_view pattern) {
  return pattern.size() > 1 && pattern[1] == '(' &&
         std::string_view("@!*+?").find(pattern[0]) != std::string_view::npos &&
         closing(pattern, 1, '(', ')') != std::string_view::npos;
}

/// `@(a|b)`, `!(…)`, `?(…)`, `*(…)`, `+(…)`.
bool extended_matches(std::string_view pattern, std::string_view text) {
  std::size_t end = closing(pattern, 1, '(', ')');
  auto choices = split_outside(pattern.substr(2, end - 2), '|', '(', ')');
  std::string_view rest = pattern.substr(end + 1);
  auto is_choice = [&](std::string_view head) {
    return std::ranges::any_of(choices, [&](auto choice) { return segment_matches(choice, head); });
  };
  char kind = pattern[0];
  if ((kind == '?' || kind == '*') && segment_matches(rest, text)) return true;
  std::string again = fmt::format("*{}", pattern.substr(1));
  for (std::size_t length = kind == '!' || kind == '@' || kind == '?' ? 0 : 1;
       length <= text.size(); ++length) {
    std::string_view head = text.substr(0, length), tail = text.substr(length);
    if (is_choice(head) == (kind == '!')) continue;
    if (segment_matches(rest, tail)) return true;
    if ((kind == '*' || kind == '+') && segment_matches(again, tail)) return true;
  }
  return false;
}

// The order of the characters of ASCII in the root collation of CLDR.
constexpr std::string_view before_letters = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

/// Letters of both cases weigh the same; what is not ASCII comes last.
int weight(char c) {
  if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  if (c >= 'a' && c <= 'z') return 100 + c;
  std::size_t at = before_letters.find(c);
  if (at != std::string_view::npos) return static_cast<int>(at);
  return static_cast<unsigned char>(c) < 0x80 ? -1 : 1000 + static_cast<unsigned char>(c);
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view pattern) {
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
       open = pattern.find('{', open + 1)) {
    if (open > 0 && pattern[open - 1] == '\\') continue;
    std::size_t close = closing(pattern, open, '{', '}');
    if (close == std::string_view::npos) break;
    auto members = brace_members(pattern.substr(open + 1, close - open - 1));
    if (members.empty()) continue;
    std::vector<std::string> expanded;
    for (const std::string& member : members)
      for (std::string& more : expand_braces(
               fmt::format("{}{}{}", pattern.substr(0, open), member, pattern.substr(close + 1))))
        expanded.push_back(std::move(more));
    return expanded;
  }
  return {std::string(pattern)};
}

bool segment_matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (is_extended(pattern)) return extended_matches(pattern, text);
  if (pattern[0] == '*') {
    for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
      if (segment_matches(pattern.substr(1), text.substr(skipped))) return true;
    return false;
  }
  if (text.empty()) return false;
  if (pattern[0] == '?')
    return segment_matches(pattern.substr(1), text.substr(character_length(text)));
  std::string_view rest;
  if (pattern[0] == '[')
    if (auto held = class_holds(pattern, text[0], rest))
      return *held && segment_matches(rest, text.substr(1));
  if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  return pattern[0] == text[0] && segment_matches(pattern.substr(1), text.substr(1));
}

bool glob_less(std::string_view a, std::string_view b) {
  auto lighter = [](char x, char y) { return weight(x) < weight(y); };
  if (std::ranges::lexicographical_compare(a, b, lighter)) return true;
  if (std::ranges::lexicographical_compare(b, a, lighter)) return false;
  // Equal but for case: lower case first.
  return std::ranges::lexicographical_compare(b, a);
}

}  // namespace tidemark
