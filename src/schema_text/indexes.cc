#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "schema_text/extras.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string key_of(const Scope& scope, const Table& table, const IndexColumn& column) {
  return member("table", scope.names.column(table.path, Name(column.text)));
}

// drizzle-orm has no order for expressions: it is a part of their SQL.
std::string expression(const IndexColumn& column) {
  std::string sql = column.text;
  if (!column.opclass.empty()) sql += " " + column.opclass;
  if (!column.ascending) sql += " DESC";
  if (column.nulls_first && column.ascending) sql += " NULLS FIRST";
  if (!column.nulls_first && !column.ascending) sql += " NULLS LAST";
  return sql_template(sql);
}

std::string postgres_column(const Scope& scope, const Table& table, const IndexColumn& column) {
  if (column.is_expression) return expression(column);
  std::string out = key_of(scope, table, column);
  out += column.ascending ? ".asc()" : ".desc()";
  out += column.nulls_first ? ".nullsFirst()" : ".nullsLast()";
  if (!column.opclass.empty()) out += fmt::format(".op({})", double_quoted(column.opclass));
  return out;
}

std::string sqlite_column(const Scope& scope, const Table& table, const IndexColumn& column) {
  return column.is_expression ? sql_template(column.text) : key_of(scope, table, column);
}

template <class Write>
std::string columns(const Scope& scope, const Table& table, const Index& index, Write write) {
  std::vector<std::string> parts;
  for (const IndexColumn& column : index.columns) parts.push_back(write(scope, table, column));
  return join(parts, ", ");
}

std::string where(const Index& index) {
  return index.where.empty() ? "" : fmt::format(".where({})", sql_template(index.where));
}

std::string storage_options(const Index& index) {
  if (index.with.empty()) return {};
  std::vector<std::string> parts;
  for (const auto& [key, value] : index.with)
    parts.push_back(fmt::format("{}: {}", object_key(key),
                                value.quoted ? double_quoted(value.text) : value.text));
  return fmt::format(".with({{{}}})", join(parts, ","));
}

// PostgreSQL's are named by Drizzle where nobody else does.
std::string given_name(const Table& table, const Index& index) {
  std::string made = table.path.name.text() + "_";
  for (const IndexColumn& column : index.columns) made += column.text + "_";
  bool has_expression = std::ranges::any_of(index.columns, &IndexColumn::is_expression);
  bool is_made = !has_expression && made + "index" == index.name.text();
  return is_made ? std::string() : double_quoted(index.name.text());
}

}  // namespace

std::string postgres_indexes(const Scope& scope, const Table& table) {
  std::string out;
  for (const Index& index : table.indexes)
    out += fmt::format("{}{}({}).using({}, {}){}{}{},", item_start(scope, table, index.name),
                       index.unique ? "uniqueIndex" : "index", given_name(table, index),
                       double_quoted(index.method), columns(scope, table, index, postgres_column),
                       index.concurrently ? ".concurrently()" : "", where(index),
                       storage_options(index));
  return out;
}

std::string sqlite_indexes(const Scope& scope, const Table& table) {
  std::string out;
  for (const Index& index : table.indexes)
    out += fmt::format("{}{}({}).on({}){},", item_start(scope, table, index.name),
                       index.unique ? "uniqueIndex" : "index", double_quoted(index.name.text()),
                       columns(scope, table, index, sqlite_column), where(index));
  return out;
}

}  // namespace tidemark::schema_text
