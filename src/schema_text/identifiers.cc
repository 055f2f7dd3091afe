#include "schema_text/identifiers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "schema_text/camel_case.h"

namespace tidemark::schema_text {
namespace {

// The words of the language, what modules have for themselves, and what the file's own
// callbacks call their parameters.
constexpr std::array<std::string_view, 60> reserved = {
    "arguments",  "await",      "break",   "case",    "catch",      "class",      "const",
    "continue",   "debugger",   "default", "delete",  "do",         "else",       "enum",
    "eval",       "export",     "extends", "false",   "finally",    "for",        "function",
    "if",         "implements", "import",  "in",      "instanceof", "interface",  "let",
    "new",        "null",       "package", "private", "protected",  "public",     "return",
    "static",     "super",      "switch",  "this",    "throw",      "true",       "try",
    "typeof",     "var",        "void",    "while",   "with",       "yield",      "undefined",
    "NaN",        "Infinity",   "exports", "module",  "require",    "__filename", "__dirname",
    "globalThis", "table",      "one",     "many",
};

struct Range {
  char32_t first, last;
};

// Letters only; not all letters there are.
constexpr std::array<Range, 14> letters = {{
    {0xC0, 0xD6},
    {0xD8, 0xF6},
    {0xF8, 0x2AF},
    {0x391, 0x3A1},
    {0x3A3, 0x3F5},
    {0x400, 0x481},
    {0x48A, 0x52F},
    {0x5D0, 0x5EA},
    {0x620, 0x64A},
    {0x1E00, 0x1EFF},
    {0x3041, 0x3096},
    {0x30A1, 0x30FA},
    {0x4E00, 0x9FA5},
    {0xAC00, 0xD7A3},
}};

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  return std::ranges::any_of(
      letters, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

std::size_t length_of(char lead) {
  auto byte = static_cast<std::uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

char32_t code_point(std::string_view bytes) {
  char32_t code = static_cast<std::uint8_t>(bytes[0]);
  if (bytes.size() > 1) code &= 0x7Fu >> bytes.size();
  for (char c : bytes.substr(1)) code = code << 6 | (static_cast<std::uint8_t>(c) & 0x3Fu);
  return code;
}

}  // namespace

std::string cased(std::string_view name, SchemaTextOptions::Casing casing) {
  return casing == SchemaTextOptions::Casing::camel ? camel_case(name) : std::string(name);
}

std::string identifier(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view one = text.substr(0, length_of(text[0]));
    text.remove_prefix(one.size());
    char32_t code = code_point(one);
    if (is_digit(code) && out.empty()) out += '_';
    if (is_letter(code) || is_digit(code))
      out += one;
    else
      out += '_';
  }
  return out.empty() ? "_" : out;
}

bool Identifiers::is_free(const std::string& name) const {
  return !taken_.contains(name) && std::ranges::find(reserved, name) == reserved.end();
}

std::string Identifiers::claim(std::string_view wanted, std::string_view kind) {
  const std::string base = identifier(wanted);
  std::string name = base;
  if (!is_free(name)) name = fmt::format("{}{}", base, kind);
  for (int number = 2; !is_free(name); number++) name = fmt::format("{}{}{}", base, kind, number);
  taken_.insert(name);
  return name;
}

}  // namespace tidemark::schema_text
