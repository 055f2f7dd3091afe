#include "base/error_message.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t widest_line = 160;

struct Style {
  std::string_view red, blue, bold, reset;
};

Style style(bool colour) {
  if (!colour) return {"", "", "", ""};
  return {"\x1b[31m", "\x1b[34m", "\x1b[1m", "\x1b[0m"};
}

/// White space that leaves the caret under the same character: tabs stay tabs,
/// and the bytes inside a UTF-8 character take no room.
std::string indent_to(std::string_view line, std::size_t column) {
  std::string out;
  for (std::size_t i = 0; i + 1 < column && i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0) == 0x80) continue;
    out += line[i] == '\t' ? '\t' : ' ';
  }
  return out;
}

/// A very long line is cut around the place, at character borders.
void shorten(SourceRange& range) {
  if (range.line_text.size() <= widest_line) return;
  auto inside_character = [&](std::size_t at) {
    return at < range.line_text.size() &&
           (static_cast<unsigned char>(range.line_text[at]) & 0xC0) == 0x80;
  };
  std::size_t start = range.column > 60 ? range.column - 60 : 0;
  while (start > 0 && inside_character(start)) --start;
  std::size_t end = std::min(range.line_text.size(), start + widest_line);
  while (inside_character(end)) ++end;
  range.line_text = range.line_text.substr(start, end - start);
  range.column -= static_cast<std::uint32_t>(start);
}

}  // namespace

std::string excerpt(const SourceRange& whole, bool colour) {
  SourceRange range = whole;
  Style s = style(colour);
  std::string out =
      fmt::format("  {}-->{} {}:{}:{}\n", s.blue, s.reset, range.file, range.line, range.column);
  if (range.line_text.empty()) return out;
  shorten(range);
  std::string number = fmt::format("{}", range.line);
  std::string gutter(number.size(), ' ');
  std::size_t room =
      range.line_text.size() + 1 - std::min<std::size_t>(range.column, range.line_text.size());
  std::size_t length = std::clamp<std::size_t>(range.length, 1, std::max<std::size_t>(room, 1));
  out += fmt::format(" {}{} |{} {}\n", s.blue, number, s.reset, range.line_text);
  out += fmt::format(" {}{} |{} {}{}{}{}\n", s.blue, gutter, s.reset,
                     indent_to(range.line_text, range.column), s.red, std::string(length, '^'),
                     s.reset);
  return out;
}

std::string error_message(const Error& error, bool colour) {
  Style s = style(colour);
  std::string out =
      fmt::format("{}error:{} {}{}{}\n", s.red, s.reset, s.bold, error.message(), s.reset);
  if (error.range()) out += excerpt(*error.range(), colour);
  if (!error.sql().empty()) out += fmt::format("  running: {}\n", error.sql());
  if (!error.hint().empty()) out += fmt::format("  {}help:{} {}\n", s.blue, s.reset, error.hint());
  if (error.fault() == Fault::bug)
    out += fmt::format("  this is a mistake in tidemark ({}:{}); please report it\n",
                       error.raised().file_name(), error.raised().line());
  for (const Error& other : error.others()) out += "\n" + error_message(other, colour);
  return out;
}

}  // namespace tidemark
