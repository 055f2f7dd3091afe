#include "run/wire.h"

#include <charconv>
#include <cmath>

#include "base/crypto.h"

namespace tidemark::run {
namespace {

constexpr std::int64_t largest_safe = (std::int64_t{1} << 53) - 1;

struct Writer {
  std::string& out;

  void operator()(std::monostate) const { out += "null"; }
  void operator()(std::int64_t number) const {
    std::string digits = std::to_string(number);
    bool safe = number <= largest_safe && number >= -largest_safe;
    out += safe ? digits : R"({"i":")" + digits + "\"}";
  }
  void operator()(double number) const {
    if (std::isnan(number))
      out += "null";
    else if (std::isinf(number))
      out += number > 0 ? R"({"f":"Infinity"})" : R"({"f":"-Infinity"})";
    else if (number == std::trunc(number))  // which JSON does not tell from an integer
      out += R"({"f":")" + (std::signbit(number) && number == 0 ? "-0" : js_number(number)) + "\"}";
    else
      out += js_number(number);
  }
  void operator()(const std::string& text) const { out += json_string(text); }
  void operator()(const Blob& blob) const { out += R"({"b":")" + to_hex(blob.bytes) + "\"}"; }
};

template <typename List, typename Write>
void write_list(std::string& out, const List& list, Write write) {
  out += '[';
  bool first = true;
  for (const auto& one : list) {
    if (!std::exchange(first, false)) out += ',';
    write(one);
  }
  out += ']';
}

SqliteValue sqlite_value(const json::value& value) {
  if (value.is_null()) return std::monostate();
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_number()) return value.to_number<double>();  // as the drivers bind them
  const json::object& special = value.as_object();
  auto text = [&](const char* key) { return std::string(special.at(key).as_string()); };
  if (special.contains("b")) return Blob{from_hex(text("b"))};
  if (special.contains("f")) return text("f") == "Infinity" ? INFINITY : -INFINITY;
  std::int64_t number = 0;
  std::string digits = text("i");
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

std::string wire_results(const std::vector<Rows>& results) {
  std::string out;
  write_list(out, results, [&](const Rows& result) {
    out += R"({"columns":)";
    write_list(out, result.columns, [&](const std::string& name) { out += json_string(name); });
    out += R"(,"types":)";
    write_list(out, result.types, [&](std::uint32_t type) { out += std::to_string(type); });
    out += R"(,"tag":)" + json_string(result.tag) + R"(,"rows":)";
    write_list(out, result.rows, [&](const std::vector<Value>& row) {
      write_list(out, row,
                 [&](const Value& value) { out += value ? json_string(*value) : "null"; });
    });
    out += '}';
  });
  return out;
}

std::string wire_rows(const std::vector<std::vector<SqliteValue>>& rows) {
  std::string out;
  write_list(out, rows, [&](const std::vector<SqliteValue>& row) {
    write_list(out, row, [&](const SqliteValue& value) { std::visit(Writer{out}, value); });
  });
  return out;
}

std::string wire_error(const DatabaseError& error) {
  json::object fields{{"message", error.message},       {"code", error.code},
                      {"detail", error.detail},         {"hint", error.hint},
                      {"where", error.context},         {"schema", error.schema},
                      {"table", error.table},           {"column", error.column},
                      {"constraint", error.constraint}, {"position", error.position},
                      {"lost", error.connection_lost}};
  return json::serialize(json::object{{"error", std::move(fields)}});
}

std::vector<SqliteValue> sqlite_values(const json::array& values) {
  std::vector<SqliteValue> out;
  for (const json::value& value : values) out.push_back(sqlite_value(value));
  return out;
}

std::vector<Value> text_values(const json::array& values) {
  std::vector<Value> out;
  for (const json::value& value : values)
    out.push_back(value.is_null() ? Value() : Value(std::string(value.as_string())));
  return out;
}

}  // namespace tidemark::run
