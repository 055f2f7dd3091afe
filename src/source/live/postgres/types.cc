#include <array>
#include <utility>

#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

/// `name(3) without time zone` → `name (3)`; with time zone keeps its end.
std::string time_text(std::string_view name, std::string_view rest) {
  std::string out(name);
  std::size_t close = rest.starts_with('(') ? rest.find(')') + 1 : 0;
  if (close > 0) {
    if (name == "timestamp") out += ' ';
    out += rest.substr(0, close);
  }
  if (rest.find("with time zone") != std::string_view::npos) out += " with time zone";
  return out;
}

std::string with_space_after_commas(std::string_view text) {
  std::string out;
  for (char c : text) {
    out += c;
    if (c == ',') out += ' ';
  }
  return out;
}

/// `extensions.vector(3)`: the schema says nothing that snapshots would.
std::string without_schema(std::string text) {
  std::size_t end = text.find_first_of("(\"");
  std::size_t dot = text.find('.');
  if (dot != std::string::npos && (end == std::string::npos || dot < end)) text.erase(0, dot + 1);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"' && text != "\"char\"")
    text = text.substr(1, text.size() - 2);
  return text;
}

}  // namespace

std::string type_text(std::string printed) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> words = {
      {{"character varying", "varchar"}, {"character", "char"}}};
  for (auto [long_, short_] : words)
    if (printed.starts_with(long_)) return printed.replace(0, long_.size(), short_);
  for (std::string_view name : {"timestamp", "time"})
    if (printed.starts_with(name) && (printed[name.size()] == '(' || printed[name.size()] == ' '))
      return time_text(name, std::string_view(printed).substr(name.size()));
  if (printed.starts_with("numeric(")) return with_space_after_commas(printed);
  return without_schema(std::move(printed));
}

}  // namespace tidemark::postgres_live
