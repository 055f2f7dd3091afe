#include "seed/json_text.h"

#include "base/json.h"

namespace tidemark::seed {
namespace {

constexpr std::string_view space = " \t\r\n";

/// Behind the string that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

/// Behind the value that begins at `at`.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] != '[' && text[at] != '{')
    return std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
  for (std::size_t depth = 0;;) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (text[at] == '[' || text[at] == '{') ++depth;
    if (text[at] == ']' || text[at] == '}') --depth;
    ++at;
    if (depth == 0) return at;
  }
}

/// Takes the next value inside brackets; empty at their end.
std::string_view next_value(std::string_view text, std::size_t& at) {
  at = text.find_first_not_of(" \t\r\n,:", at);
  if (text[at] == ']' || text[at] == '}') return {};
  std::size_t begin = at;
  at = end_of_value(text, at);
  return text.substr(begin, at - begin);
}

}  // namespace

std::vector<std::string_view> items_of(std::string_view array) {
  std::vector<std::string_view> out;
  std::size_t at = 1;
  for (std::string_view one; !(one = next_value(array, at)).empty();) out.push_back(one);
  return out;
}

std::vector<JsonMember> members_of(std::string_view object) {
  std::vector<JsonMember> out;
  std::size_t at = 1;
  for (std::string_view key; !(key = next_value(object, at)).empty();)
    out.push_back({key, next_value(object, at)});
  return out;
}

std::string string_of(std::string_view literal) {
  return std::string(json::parse(literal).as_string());
}

std::string without_space(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    std::size_t end = value[at] == '"' ? end_of_string(value, at) : at + 1;
    if (space.find(value[at]) == std::string_view::npos) out += value.substr(at, end - at);
    at = end;
  }
  return out;
}

std::string_view trimmed(std::string_view document) {
  std::size_t begin = document.find_first_not_of(space);
  return document.substr(begin, document.find_last_not_of(space) + 1 - begin);
}

}  // namespace tidemark::seed
