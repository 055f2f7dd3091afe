#include "seed/field_value.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "seed/json_text.h"
#include "seed/limits.h"

namespace tidemark::seed {
namespace {

/// In SQLite. Not all that have its affinity: DATE has NUMERIC too, and keeps texts.
bool is_for_numbers(const Column& column, Engine engine) {
  static constexpr std::array<std::string_view, 12> beginnings = {
      "int",  "tinyint", "smallint", "mediumint", "bigint", "unsigned",
      "real", "double",  "float",    "numeric",   "dec",    "bool"};
  std::string type = lower(column.type.text);
  auto begins = [&](std::string_view one) { return type.starts_with(one); };
  return engine != Engine::postgresql && std::ranges::any_of(beginnings, begins);
}

bool is_json(const Column& column) { return column.type.text.starts_with("json"); }

/// In an array of PostgreSQL.
std::string quoted(const std::string& element) {
  std::string out = "\"";
  for (char c : element) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string plain_text(std::string_view field) {
  return field.starts_with('"') ? string_of(field) : without_space(field);
}

/// `["a","b"]` for a column that is an array: {"a","b"}. In one of JSON a list that is deeper
/// than the column is a value.
std::string array_text(std::string_view list, const Column& column, std::ptrdiff_t depth) {
  std::string out = "{";
  for (std::string_view one : items_of(list)) {
    if (out.size() > 1) out += ',';
    if (one == "null")
      out += "NULL";
    else if (one.starts_with('[') && (depth > 1 || !is_json(column)))
      out += array_text(one, column, depth - 1);
    else
      out += quoted(is_json(column) ? without_space(one) : plain_text(one));
  }
  return out + "}";
}

/// 1e3 and 2.0 are whole numbers in JSON, and none in SQL.
std::string number_text(std::string_view field, const Column& column) {
  std::string out(field);
  bool odd = out.find_first_of(".eE") != std::string::npos && is_whole_number(column.type.text);
  return odd ? js_number(parse_json(field)) : out;
}

}  // namespace

Value value_of_text(Value field, const Column& column, Engine engine) {
  if (!field || !is_for_numbers(column, engine)) return field;
  std::string word = lower(*field);
  if (word == "true") return "1";
  if (word == "false") return "0";
  return field;
}

Value value_of_json(std::string_view field, const Column& column, Engine engine) {
  if (field == "null") return {};
  const std::string& type = column.type.text;
  if (type.ends_with(']') && field.starts_with('['))
    return array_text(field, column, std::ranges::count(type, '['));
  if (is_json(column) && !type.ends_with(']')) return without_space(field);
  if (field[0] == '-' || (field[0] >= '0' && field[0] <= '9')) return number_text(field, column);
  if (field == "true" || field == "false") return value_of_text(std::string(field), column, engine);
  return plain_text(field);
}

bool is_misplaced(const Value& value, const Column& column, Engine engine) {
  if (!value || !is_for_numbers(column, engine)) return false;
  std::string text(trim(*value));
  if (text.starts_with('+')) text.erase(0, 1);
  std::optional<double> number = number_of(text);
  return !number || (!std::isfinite(*number) && text.find_first_of("iInN") != std::string::npos);
}

}  // namespace tidemark::seed
