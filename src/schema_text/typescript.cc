#include "schema_text/typescript.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tidemark::schema_text {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::string escaped(char c, char quote) {
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  if (c == '\\' || c == quote) return {'\\', c};
  bool is_control = static_cast<unsigned char>(c) < 0x20;
  return is_control ? fmt::format("\\x{:02x}", c) : std::string(1, c);
}

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) out += escaped(c, quote);
  return out + quote;
}

}  // namespace

bool is_plain_key(std::string_view text) {
  return !text.empty() && is_letter(text[0]) &&
         std::ranges::all_of(text, [](char c) { return is_letter(c) || is_ascii_digit(c); });
}

std::string double_quoted(std::string_view text) { return quoted(text, '"'); }
std::string single_quoted(std::string_view text) { return quoted(text, '\''); }

// A template keeps line ends, but makes \n of \r.
std::string sql_template(std::string_view sql) {
  std::string out = "sql`";
  for (std::size_t i = 0; i < sql.size(); i++) {
    bool opens = sql[i] == '$' && sql.substr(i + 1).starts_with('{');
    if (sql[i] == '\r')
      out += "\\r";
    else if (sql[i] == '\\' || sql[i] == '`' || opens)
      out += {'\\', sql[i]};
    else
      out += sql[i];
  }
  return out + "`";
}

std::string object_key(std::string_view key) {
  return is_plain_key(key) ? std::string(key) : double_quoted(key);
}

std::string member(std::string_view object, std::string_view key) {
  return is_plain_key(key) ? fmt::format("{}.{}", object, key)
                           : fmt::format("{}[{}]", object, double_quoted(key));
}

std::string comment(std::string_view text, std::string_view indent) {
  std::string out;
  for (const std::string& line : split(replace_all(std::string(text), "\r", ""), "\n"))
    out += fmt::format("{}// {}\n", indent, line);
  return out;
}

}  // namespace tidemark::schema_text
