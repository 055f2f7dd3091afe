// PostgreSQL's text form of an array, {1,"two words",{nested}}, read as Drizzle writes it:
// strings in quotes, numbers and booleans bare.
#include <algorithm>

#include "schema_text/defaults.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

class Reader {
 public:
  Reader(std::string_view text, ColumnType::Value value) : rest_(text), value_(value) {}

  std::optional<std::string> whole() {
    auto array = list();
    return array && rest_.empty() ? array : std::nullopt;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<std::string> list() {
    if (!take('{')) return {};
    if (take('}')) return "[]";
    std::string out = "[";
    do {
      auto one = element();
      if (!one) return {};
      if (out.size() > 1) out += ", ";
      out += *one;
    } while (take(','));
    if (!take('}')) return {};
    return out + "]";
  }

  std::optional<std::string> element() {
    if (rest_.starts_with('{')) return list();
    if (take('"')) return string();
    return bare();
  }

  std::optional<std::string> string() {
    std::string text(rest_.substr(0, rest_.find('"')));
    rest_.remove_prefix(text.size());
    if (!take('"') || value_ != ColumnType::Value::string) return {};
    return double_quoted(text);
  }

  // Digits as JavaScript prints them back.
  std::optional<std::string> bare() {
    std::string text(rest_.substr(0, rest_.find_first_of(",}")));
    rest_.remove_prefix(text.size());
    if (value_ == ColumnType::Value::boolean)
      return text == "true" || text == "false" ? std::optional(text) : std::nullopt;
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    bool is_number = !digits.empty() && digits.size() < 16 && (digits[0] != '0' || text == "0") &&
                     digits.find_first_not_of("0123456789") == std::string_view::npos;
    return is_number && value_ == ColumnType::Value::number ? std::optional(text) : std::nullopt;
  }

  std::string_view rest_;
  ColumnType::Value value_;
};

}  // namespace

std::optional<std::string> array_value(std::string_view literal, const ColumnType& type) {
  bool has_no_type_for_dates = type.function == "timestamp" || type.function == "date";
  if (has_no_type_for_dates && type.value != ColumnType::Value::string) return {};
  return Reader(literal, type.value).whole();
}

}  // namespace tidemark::schema_text
