#include <fmt/format.h>

#include "schema_text/columns.h"
#include "schema_text/defaults.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

// Numbers that JavaScript cannot hold are strings.
std::string number(const std::string& digits) {
  return digits.size() < 16 ? digits : double_quoted(digits);
}

std::string identity(const Identity& identity) {
  const SequenceOptions& options = identity.options;
  std::string out = fmt::format("{{ name: {}", double_quoted(identity.sequence.name.text()));
  auto add = [&out](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format(", {}: {}", key, number(value));
  };
  add("startWith", options.start_with);
  add("increment", options.increment);
  add("minValue", options.min_value);
  add("maxValue", options.max_value);
  add("cache", options.cache);
  if (options.cycle.value_or(false)) out += ", cycle: true";
  bool always = identity.mode == Identity::Mode::always;
  return fmt::format(".generated{}AsIdentity({} }})", always ? "Always" : "ByDefault", out);
}

std::string column_line(const Scope& scope, const Path& owner, const ColumnKeys& keys,
                        const Column& column) {
  ColumnType type = postgres_type(column);
  std::string out = column_comments(scope, owner, column, type);
  out += "\t" + column_start(scope, keys, column, type);
  out += postgres_default(column, type);
  if (column.primary_key) out += ".primaryKey()";
  if (column.not_null && !column.identity) out += ".notNull()";
  if (column.identity) out += identity(*column.identity);
  if (column.generated)
    out += fmt::format(".generatedAlwaysAs({})", sql_template(column.generated->expression));
  return out + ",\n";
}

std::string lines(const Scope& scope, const Path& owner, const std::vector<Column>& columns) {
  ColumnKeys keys = column_keys(columns, scope.options.casing);
  std::string out;
  for (const Column& column : columns) out += column_line(scope, owner, keys, column);
  return out;
}

}  // namespace

std::string postgres_columns(const Scope& scope, const Table& table) {
  return lines(scope, table.path, table.columns);
}

std::string postgres_columns(const Scope& scope, const View& view) {
  return lines(scope, view.path, view.columns);
}

}  // namespace tidemark::schema_text
