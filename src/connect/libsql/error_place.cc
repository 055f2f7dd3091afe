#include "connect/libsql/error_place.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

namespace tidemark {
namespace {

/// Line and column, from 1, and what is left of the text behind them.
struct LineAndColumn {
  std::size_t line = 0, column = 0;
  std::string_view rest;
};

/// The numbers between three pieces of text, at the last place where the first stands.
std::optional<LineAndColumn> numbers_in(std::string_view text, std::string_view before,
                                        std::string_view between, std::string_view after) {
  std::size_t start = text.rfind(before);
  if (start == text.npos) return std::nullopt;
  text.remove_prefix(start + before.size());
  LineAndColumn found;
  for (auto [number, end] : {std::pair{&found.line, between}, std::pair{&found.column, after}}) {
    const char* last = std::from_chars(text.data(), text.data() + text.size(), *number).ptr;
    text.remove_prefix(static_cast<std::size_t>(last - text.data()));
    if (*number == 0 || !text.starts_with(end)) return std::nullopt;
    text.remove_prefix(end.size());
  }
  found.rest = text;
  return found;
}

std::size_t offset_of(const LineAndColumn& place, std::string_view sql) {
  std::size_t start = 0;
  for (std::size_t line = 1; line < place.line; ++line) {
    std::size_t end = sql.find('\n', start);
    if (end == sql.npos) return sql.size();
    start = end + 1;
  }
  return std::min(start + place.column - 1, sql.size());
}

bool is_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}

}  // namespace

std::uint32_t error_place(std::string_view message, std::string_view sql) {
  if (auto around = numbers_in(message, " around L", ":", ": `")) {
    std::size_t length = std::max<std::size_t>(around->rest.size(), 1) - 1;  // without the last `
    std::size_t end = offset_of(*around, sql);
    return static_cast<std::uint32_t>(end - std::min(end, length)) + 1;
  }
  auto at = numbers_in(message, " at (", ", ", ")");
  if (!at) return 0;
  std::size_t offset = offset_of(*at, sql);
  if (offset > 0 && offset == sql.size()) --offset;
  while (offset > 0 && is_of_word(sql[offset - 1])) --offset;
  return static_cast<std::uint32_t>(offset) + 1;
}

}  // namespace tidemark
