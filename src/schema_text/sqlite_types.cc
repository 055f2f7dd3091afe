// The column types of drizzle-orm/sqlite-core.
#include <fmt/format.h>

#include "schema_text/column_type.h"

namespace tidemark::schema_text {
namespace {

using Value = ColumnType::Value;

bool has_bare_default(const Column& column) {
  return column.default_value && !column.default_value->quoted;
}

// An integer with a default of true or false is a boolean to TypeScript.
ColumnType integer(const Column& column) {
  bool is_boolean = has_bare_default(column) &&
                    (column.default_value->text == "true" || column.default_value->text == "false");
  return is_boolean ? builtin("integer", Value::boolean, "{ mode: \"boolean\" }")
                    : builtin("integer", Value::number);
}

ColumnType numeric(const Column& column) {
  return has_bare_default(column) ? builtin("numeric", Value::number, "{ mode: \"number\" }")
                                  : builtin("numeric", Value::string);
}

}  // namespace

ColumnType sqlite_type(const Column& column) {
  const std::string& type = column.type.text;
  if (type == "integer") return integer(column);
  if (type == "numeric") return numeric(column);
  if (type == "real") return builtin("real", Value::number);
  if (type == "blob") return builtin("blob", Value::other);
  if (type == "text") return builtin("text", Value::string);
  std::string length = single_argument(type, "text");
  if (!length.empty() && length != "0")
    return builtin("text", Value::string, fmt::format("{{ length: {} }}", length));
  return {.sql = type, .value = Value::string};
}

}  // namespace tidemark::schema_text
