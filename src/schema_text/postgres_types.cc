// The column types of drizzle-orm/pg-core.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "schema_text/column_type.h"

namespace tidemark::schema_text {
namespace {

using Value = ColumnType::Value;

const std::map<std::string, ColumnType, std::less<>>& plain_types() {
  static const std::map<std::string, ColumnType, std::less<>> types = {
      {"bigserial", builtin("bigserial", Value::other, "{ mode: \"bigint\" }")},
      {"integer", builtin("integer", Value::number)},
      {"smallint", builtin("smallint", Value::number)},
      {"boolean", builtin("boolean", Value::boolean)},
      {"double precision", builtin("doublePrecision", Value::number)},
      {"real", builtin("real", Value::number)},
      {"uuid", builtin("uuid", Value::string)},
      {"date", builtin("date", Value::string)},
      {"text", builtin("text", Value::string)},
      {"varchar", builtin("varchar", Value::string)},
      {"char", builtin("char", Value::string)},
      {"interval", builtin("interval", Value::string)},
      {"json", builtin("json", Value::other)},
      {"jsonb", builtin("jsonb", Value::other)},
      {"inet", builtin("inet", Value::string)},
      {"cidr", builtin("cidr", Value::string)},
      {"macaddr", builtin("macaddr", Value::string)},
      {"macaddr8", builtin("macaddr8", Value::string)},
      {"point", builtin("point", Value::other)},
      {"line", builtin("line", Value::other)},
      {"geometry(point)", builtin("geometry", Value::other, "{ type: \"point\" }")},
  };
  return types;
}

ColumnType big_integer() {
  ColumnType type = builtin("bigint", Value::number, "{ mode: \"number\" }");
  type.remark = "You can use { mode: \"bigint\" } if numbers are exceeding js number limitations";
  return type;
}

/// `varchar(20)`, `vector(3)` and their like.
std::optional<ColumnType> with_one_argument(const std::string& text) {
  struct Form {
    std::string_view name, option;
    Value value;
  };
  static constexpr std::array<Form, 6> forms = {{
      {"varchar", "length", Value::string},
      {"char", "length", Value::string},
      {"bit", "dimensions", Value::string},
      {"vector", "dimensions", Value::other},
      {"halfvec", "dimensions", Value::other},
      {"sparsevec", "dimensions", Value::string},
  }};
  for (const Form& form : forms) {
    std::string argument = single_argument(text, form.name);
    if (!argument.empty())
      return builtin(std::string(form.name), form.value,
                     fmt::format("{{ {}: {} }}", form.option, argument));
  }
  return {};
}

// The scale keeps the space that is before it, as with the peer.
std::optional<ColumnType> numeric(const Column& column, const std::string& text) {
  bool as_number = column.default_value && !column.default_value->quoted;
  std::string mode = as_number ? "mode: \"number\"" : "";
  Value value = as_number ? Value::number : Value::string;
  if (text == "numeric")
    return builtin("numeric", value, mode.empty() ? "" : fmt::format("{{ {} }}", mode));
  std::string options;
  std::vector<std::string> arguments = split(text.substr(0, text.size() - 1), ", ");
  std::string precision = single_argument(arguments[0] + ")", "numeric");
  if (precision.empty() || arguments.size() > 2) return {};
  options = "precision: " + precision;
  if (arguments.size() == 2) {
    if (single_argument("(" + arguments[1] + ")", "").empty()) return {};
    options += ", scale:  " + arguments[1];
  }
  if (as_number) options += ", " + mode;
  return builtin("numeric", value, fmt::format("{{ {} }}", options));
}

std::string options_of(std::initializer_list<std::string> options) {
  std::vector<std::string> given;
  std::ranges::copy_if(options, std::back_inserter(given),
                       [](const std::string& one) { return !one.empty(); });
  return given.empty() ? std::string() : fmt::format("{{ {} }}", join(given, ", "));
}

// Drizzle writes `timestamp (3)` for columns of Dates and `timestamp(3)` for those of
// strings.
std::optional<ColumnType> with_zone(std::string text, const std::string& name) {
  constexpr std::string_view zone = " with time zone";
  bool with_time_zone = text.ends_with(zone);
  if (with_time_zone) text.resize(text.size() - zone.size());
  bool is_stamp = name == "timestamp", has_space = is_stamp && text.starts_with(name + " (");
  std::string precision = single_argument(text, has_space ? name + " " : name);
  if (precision.empty() && text != name) return {};
  return builtin(name, has_space ? Value::other : Value::string,
                 options_of({precision.empty() ? "" : "precision: " + precision,
                             with_time_zone ? "withTimezone: true" : "",
                             is_stamp && !has_space ? "mode: 'string'" : ""}));
}

/// `interval day to second(3)`.
std::optional<ColumnType> interval(const std::string& text) {
  static constexpr std::array<std::string_view, 13> fields = {"year",
                                                              "month",
                                                              "day",
                                                              "hour",
                                                              "minute",
                                                              "second",
                                                              "year to month",
                                                              "day to hour",
                                                              "day to minute",
                                                              "day to second",
                                                              "hour to minute",
                                                              "hour to second",
                                                              "minute to second"};
  std::size_t end = text.find('(');
  std::string precision =
      end == std::string::npos ? "" : single_argument("interval" + text.substr(end), "interval");
  if (end != std::string::npos && (precision.empty() || precision == "0")) return {};
  std::string head = text.substr(0, end);
  std::string field = head == "interval" ? "" : head.substr(std::string_view("interval ").size());
  if (!field.empty() && std::ranges::find(fields, field) == fields.end()) return {};
  return builtin("interval", Value::string,
                 options_of({field.empty() ? "" : fmt::format("fields: \"{}\"", field),
                             precision.empty() ? "" : "precision: " + precision}));
}

std::optional<ColumnType> builtin_type(const Column& column, const std::string& text) {
  if (auto known = plain_types().find(text); known != plain_types().end()) return known->second;
  if (text == "bigint") return big_integer();
  // These two are never null to Drizzle.
  if ((text == "serial" || text == "smallserial") && column.not_null)
    return builtin(text, Value::number);
  if (auto type = with_one_argument(text)) return type;
  if (text.starts_with("numeric")) return numeric(column, text);
  if (text.starts_with("timestamp")) return with_zone(text, "timestamp");
  if (text.starts_with("time")) return with_zone(text, "time");
  if (text.starts_with("interval ") || text.starts_with("interval(")) return interval(text);
  return {};
}

/// `[]`, `[2]` … behind the element's type, in their order.
std::vector<std::string> dimensions_of(const std::string& text, std::size_t begin) {
  std::vector<std::string> sizes;
  while (begin < text.size()) {
    std::size_t end = text.find(']', begin);
    sizes.push_back(text.substr(begin + 1, end - begin - 1));
    begin = end + 1;
  }
  return sizes;
}

}  // namespace

ColumnType postgres_type(const Column& column) {
  std::string element = element_type(column.type.text);
  ColumnType type;
  if (!column.type.schema.empty()) {
    type.made = ColumnType::Made::from_enum;
    type.enumeration = {column.type.schema, Name(element)};
    type.value = ColumnType::Value::string;
  } else if (auto known = builtin_type(column, element)) {
    type = *known;
  } else {
    type.sql = element;
    type.value = ColumnType::Value::string;
  }
  type.dimensions = dimensions_of(column.type.text, element.size());
  return type;
}

}  // namespace tidemark::schema_text
