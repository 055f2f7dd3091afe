#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "dialect/postgres/serial.h"
#include "dialect/postgres/types.h"

namespace tidemark::postgres_dialect {

namespace {

/// A type as it is compared here: its name, its numbers.
struct Shape {
  std::string name;
  std::optional<int> first, second;  // `numeric(10, 2)`: 10 and 2
  bool array = false;
};

Shape shape_of(const SqlType& type) {
  TypeParts parts = parse_type(without_serial(type).text);
  Shape shape = {.name = lower(parts.name), .array = !parts.dimensions.empty()};
  if (shape.name == "decimal") shape.name = "numeric";
  if (shape.name == "character varying") shape.name = "varchar";
  if (shape.name == "character") shape.name = "char";
  std::string_view numbers = parts.modifiers;
  if (numbers.size() < 3) return shape;
  const char* end = numbers.data() + numbers.size();
  int value = 0;
  auto read = std::from_chars(numbers.data() + 1, end, value);
  if (read.ec != std::errc{}) return shape;
  shape.first = value;
  while (read.ptr < end && (*read.ptr == ',' || *read.ptr == ' ')) ++read.ptr;
  if (std::from_chars(read.ptr, end, value).ec == std::errc{}) shape.second = value;
  return shape;
}

// The width of integers, the smallest first; 0 for other types.
int width(const std::string& name) {
  constexpr std::array names = {"smallint", "integer", "bigint"};
  auto found = std::ranges::find(names, name);
  return found == names.end() ? 0 : static_cast<int>(found - names.begin()) + 1;
}

std::string_view range_of(int width) {
  constexpr std::array ranges = {"-32768 AND 32767", "-2147483648 AND 2147483647",
                                 "-9223372036854775808 AND 9223372036854775807"};
  return ranges.at(static_cast<std::size_t>(width - 1));
}

bool is_text(const std::string& name) { return name == "text" || name == "varchar"; }
bool is_floating(const std::string& name) { return name == "real" || name == "double precision"; }
bool is_number(const std::string& name) {
  return width(name) > 0 || is_floating(name) || name == "numeric";
}
bool is_timestamp(const std::string& name) { return name.starts_with("timestamp"); }

/// Whether a length or precision of `to` takes all of `from`; none is no limit.
bool fits(std::optional<int> from, std::optional<int> to) { return !to || (from && *from <= *to); }

}  // namespace

bool can_refer(const SqlType& a, const SqlType& b) {
  Shape from = shape_of(a), to = shape_of(b);
  if (a.schema != b.schema || !a.schema.empty()) return same_type(a, b);
  if (from.array || to.array) return from.name == to.name && from.array == to.array;
  auto is_interval = [](const std::string& name) { return name.starts_with("interval"); };
  if (is_interval(from.name) && is_interval(to.name)) return true;  // of whatever fields
  auto is_string = [](const std::string& name) { return is_text(name) || name == "char"; };
  auto is_date = [](const std::string& name) { return is_timestamp(name) || name == "date"; };
  if (is_floating(to.name)) return is_number(from.name);
  if (to.name == "numeric") return width(from.name) > 0 || from.name == to.name;
  return from.name == to.name || (width(from.name) > 0 && width(to.name) > 0) ||
         (is_string(from.name) && is_string(to.name)) || (is_date(from.name) && is_date(to.name)) ||
         (from.name == "time" && to.name == "time with time zone") ||
         (from.name == "inet" && to.name == "cidr") || (from.name == "cidr" && to.name == "inet");
}

bool can_be_collated(const SqlType& type) {
  std::string name = shape_of(type).name;
  return type.schema.empty() && (is_text(name) || name == "char" || name == "citext");
}

bool keeps_stored_form(const SqlType& a, const SqlType& b) {
  if (a.schema != b.schema || !a.schema.empty()) return a == b;
  Shape from = shape_of(a), to = shape_of(b);
  if (from.array != to.array) return false;
  if (is_text(from.name) && is_text(to.name)) return fits(from.first, to.first);
  if (from.name != to.name) return from.name == "cidr" && to.name == "inet";
  if (to.name == "numeric")
    return !to.first || (fits(from.first, to.first) && from.second == to.second);
  return fits(from.first, to.first);
}

bool rounds_or_cuts(const SqlType& a, const SqlType& b) {
  if (!a.schema.empty() || !b.schema.empty()) return false;
  Shape from = shape_of(a), to = shape_of(b);
  bool has_fraction = is_floating(from.name) || (from.name == "numeric" && from.second != 0);
  if (is_number(from.name) && width(to.name) > 0) return has_fraction;
  if (from.name == "numeric" && to.name == "numeric")
    return to.first && (!from.first || from.second.value_or(0) > to.second.value_or(0));
  if (is_floating(to.name))
    return from.name == "numeric" || (from.name == "double precision" && to.name == "real");
  if (is_timestamp(from.name)) {
    if (to.name == "date" || to.name.starts_with("time ") || to.name == "time") return true;
    return is_timestamp(to.name) && !fits(from.first.value_or(6), to.first);
  }
  return false;
}

bool may_refuse_values(const SqlType& a, const SqlType& b) {
  Shape from = shape_of(a), to = shape_of(b);
  bool text_target = is_text(to.name) || to.name == "char";
  if (b.schema.empty() && text_target && !to.array)
    return to.first && !(from.name == to.name && fits(from.first, to.first));
  if (!a.schema.empty() || !b.schema.empty()) return a != b;
  if (from.array != to.array) return true;
  if (width(from.name) > 0 && width(to.name) > 0) return width(from.name) > width(to.name);
  if (width(from.name) > 0 && is_number(to.name)) return to.first.has_value();
  if (is_number(from.name) && width(to.name) > 0) return true;
  if (from.name == "numeric" && to.name == "numeric")
    return to.first && (!from.first ||
                        *from.first - from.second.value_or(0) > *to.first - to.second.value_or(0));
  if (is_timestamp(from.name) && (is_timestamp(to.name) || to.name == "date")) return false;
  if (from.name == "date" && is_timestamp(to.name)) return false;
  return from.name != to.name || !fits(from.first, to.first);
}

std::string refused_condition(const SqlType& a, const SqlType& b, const Name& column) {
  Shape from = shape_of(a), to = shape_of(b);
  if (from.array || to.array || !b.schema.empty() || !may_refuse_values(a, b)) return "";
  const std::string value = sql(column);
  if (is_text(to.name) || to.name == "char")
    return fmt::format("char_length(rtrim({}::text)) > {}", value, *to.first);
  if (!is_number(from.name)) return "";
  if (width(to.name) > 0)
    return fmt::format("round({}::numeric) NOT BETWEEN {}", value, range_of(width(to.name)));
  if (to.name == "numeric" && to.first)
    return fmt::format("abs(round({}::numeric, {})) >= power(10::numeric, {})", value,
                       to.second.value_or(0), *to.first - to.second.value_or(0));
  return "";
}

}  // namespace tidemark::postgres_dialect
