#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <regex>

#include "base/json.h"
#include "schema_text/defaults.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

bool is_one_of(std::string_view function, std::initializer_list<std::string_view> functions) {
  return std::ranges::find(functions, function) != functions.end();
}

// What the peer writes as a string; all else about time it leaves to SQL.
bool is_plain_time(const std::string& text, const std::string& function) {
  static const std::regex stamp(
      R"(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}(:\d{2})?)?)");
  static const std::regex time(R"(\d{2}:\d{2}(:\d{2})?(\.\d+)?)");
  static const std::regex date(R"(\d{4}-\d{2}-\d{2})");
  return std::regex_match(text, function == "timestamp" ? stamp : function == "time" ? time : date);
}

bool is_written_as_string(const std::string& text, const ColumnType& type) {
  if (type.value != ColumnType::Value::string || type.function == "uuid") return false;
  if (is_one_of(type.function, {"timestamp", "time", "date"}))
    return is_plain_time(text, type.function);
  return true;
}

// Keys that JavaScript would move or take for something else.
bool keeps_its_order(const json::value& value) {
  if (value.is_array()) return std::ranges::all_of(value.get_array(), keeps_its_order);
  if (!value.is_object()) return true;
  return std::ranges::all_of(value.get_object(), [](const json::key_value_pair& member) {
    std::string_view key = member.key();
    bool is_number = !key.empty() && key.find_first_not_of("0123456789") == std::string_view::npos;
    return key != "__proto__" && !is_number && keeps_its_order(member.value());
  });
}

std::optional<json::value> parsed(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) return {};
  return value;
}

/// `'{"a":1}'::jsonb`, which Drizzle makes of the value itself; but for a string, which
/// it takes for JSON.
std::optional<std::string> json_value(const std::string& sql, const ColumnType& type) {
  std::string cast = "::" + type.function;
  if (!sql.ends_with(cast)) return {};
  auto text = whole_string(std::string_view(sql).substr(0, sql.size() - cast.size()));
  auto value = text ? parsed(*text) : std::nullopt;
  if (!value || value->is_string() || !keeps_its_order(*value)) return {};
  if (compact_json(*value) != *text) return {};
  return text;
}

// Drizzle Kit forgets to escape what is special inside arrays and JSON.
bool is_safe_inside(std::string_view sql) {
  std::size_t begin = sql.find('\''), end = sql.rfind('\'');
  std::size_t special = sql.find_first_of("'\\", begin + 1);
  return begin != std::string_view::npos && special == end;
}

std::string value_of(const std::string& sql, const ColumnType& type) {
  auto text = whole_string(sql);
  std::optional<std::string> value;
  if (!type.dimensions.empty()) {
    if (text && is_safe_inside(sql)) value = array_value(*text, type);
  } else if (is_one_of(type.function, {"json", "jsonb"})) {
    if (is_safe_inside(sql)) value = json_value(sql, type);
  } else if (text && is_written_as_string(*text, type)) {
    value = single_quoted(*text);
  }
  return value ? *value : sql_template(sql);
}

}  // namespace

std::string postgres_default(const Column& column, const ColumnType& type) {
  if (!column.default_value) return {};
  const auto& [text, quoted] = *column.default_value;
  if (!quoted) return bare_default(text, type);
  bool is_array = !type.dimensions.empty();
  if (text == "now()" && !is_array && is_one_of(type.function, {"timestamp", "time", "date"}))
    return ".defaultNow()";
  if (text == "gen_random_uuid()" && !is_array && type.function == "uuid")
    return ".defaultRandom()";
  return fmt::format(".default({})", value_of(text, type));
}

}  // namespace tidemark::schema_text
