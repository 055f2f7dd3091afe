#include <fmt/format.h>

#include "schema_text/defaults.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {

std::string sqlite_default(const Column& column, const ColumnType& type) {
  if (!column.default_value) return {};
  const auto& [text, quoted] = *column.default_value;
  if (!quoted) return bare_default(text, type);
  auto value = whole_string(text);
  if (value && type.value == ColumnType::Value::string)
    return fmt::format(".default({})", double_quoted(*value));
  return fmt::format(".default({})", sql_template(text));
}

}  // namespace tidemark::schema_text
