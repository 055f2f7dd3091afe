#include "schema_text/column_type.h"

#include <algorithm>

namespace tidemark::schema_text {

ColumnType column_type(const Column& column, Engine engine) {
  return engine == Engine::postgresql ? postgres_type(column) : sqlite_type(column);
}

std::string element_type(std::string_view text) {
  while (text.ends_with(']')) {
    std::size_t open = text.rfind('[');
    if (open == std::string_view::npos) break;
    text = text.substr(0, open);
  }
  return std::string(text);
}

std::string single_argument(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(')')) return {};
  text.remove_prefix(name.size());
  if (!text.starts_with('(')) return {};
  std::string_view digits = text.substr(1, text.size() - 2);
  bool is_number = !digits.empty() && (digits == "0" || digits[0] != '0') &&
                   std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::string(digits) : std::string();
}

}  // namespace tidemark::schema_text
