#include <fmt/format.h>

#include <span>

#include "base/text.h"
#include "schema_text/columns.h"
#include "schema_text/defaults.h"
#include "schema_text/sqlite_references.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string reference_options(const ForeignKey& key) {
  std::vector<std::string> given;
  if (key.on_delete != "no action") given.push_back("onDelete: " + double_quoted(key.on_delete));
  if (key.on_update != "no action") given.push_back("onUpdate: " + double_quoted(key.on_update));
  return given.empty() ? "" : fmt::format(", {{ {} }} ", join(given, ", "));
}

std::string reference(const Scope& scope, const Table& table, const ForeignKey& key) {
  std::string target = member(scope.names.tables.at(key.target),
                              scope.names.column(key.target, key.target_columns[0]));
  return fmt::format(".references((){} => {}{})",
                     scope.cycles.closes(table, key) ? ": AnySQLiteColumn" : "", target,
                     reference_options(key));
}

std::string references(const Scope& scope, const Table& table, const Column& column) {
  std::string out;
  for (const ForeignKey& key : std::span(table.foreign_keys).first(inline_references(table)))
    if (key.columns[0] == column.name) out += reference(scope, table, key);
  return out;
}

// The parentheses come back when the file is read.
std::string generated(const Generated& generated) {
  std::string_view inner = generated.expression;
  if (inner.starts_with('(') && inner.ends_with(')')) inner = inner.substr(1, inner.size() - 2);
  bool stored = generated.storage == Generated::Storage::stored;
  return fmt::format(".generatedAlwaysAs({}, {{ mode: \"{}\" }})", sql_template(inner),
                     stored ? "stored" : "virtual");
}

std::string sqlite_line(const Scope& scope, const Path& owner, const ColumnKeys& keys,
                        const Column& column) {
  ColumnType type = sqlite_type(column);
  std::string out = column_comments(scope, owner, column, type);
  out += "\t" + column_start(scope, keys, column, type);
  out += sqlite_default(column, type);
  if (column.primary_key && !has_key_apart(column))
    out += column.autoincrement ? ".primaryKey({ autoIncrement: true })" : ".primaryKey()";
  if (column.not_null) out += ".notNull()";
  if (column.generated) out += generated(*column.generated);
  return out;
}

}  // namespace

std::string sqlite_columns(const Scope& scope, const Table& table) {
  ColumnKeys keys = column_keys(table.columns, scope.options.casing);
  std::string out;
  for (const Column& column : table.columns) {
    out += sqlite_line(scope, table.path, keys, column);
    out += references(scope, table, column) + ",\n";
  }
  return out;
}

std::string sqlite_columns(const Scope& scope, const View& view) {
  ColumnKeys keys = column_keys(view.columns, scope.options.casing);
  std::string out;
  for (const Column& column : view.columns)
    out += sqlite_line(scope, view.path, keys, column) + ",\n";
  return out;
}

}  // namespace tidemark::schema_text
