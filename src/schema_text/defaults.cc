#include "schema_text/defaults.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tidemark::schema_text {

std::string bare_default(const std::string& token, const ColumnType& type) {
  using Value = ColumnType::Value;
  bool is_boolean = token == "true" || token == "false";
  bool fits = type.dimensions.empty() && token != "null" &&
              type.value == (is_boolean ? Value::boolean : Value::number);
  return fmt::format(".default({}{})", token, fits ? "" : " as never");
}

std::optional<std::string> whole_string(std::string_view sql) {
  if (sql.size() < 2 || !sql.starts_with('\'') || !sql.ends_with('\'')) return {};
  std::string text = replace_all(std::string(sql.substr(1, sql.size() - 2)), "''", "\x01");
  if (text.find('\'') != std::string::npos || sql.find('\x01') != std::string_view::npos) return {};
  return replace_all(std::move(text), "\x01", "'");
}

}  // namespace tidemark::schema_text
