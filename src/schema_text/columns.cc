#include "schema_text/columns.h"

#include <fmt/format.h>

#include "schema_text/notes.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string function_of(const Scope& scope, const ColumnType& type) {
  switch (type.made) {
    case ColumnType::Made::builtin:
      return type.function;
    case ColumnType::Made::from_enum:
      return scope.names.enums.at(type.enumeration);
    case ColumnType::Made::custom:
      return scope.names.custom_types.at(type.sql);
  }
  return {};
}

}  // namespace

std::string column_start(const Scope& scope, const ColumnKeys& keys, const Column& column,
                         const ColumnType& type) {
  const std::string& key = keys.at(column.name);
  // Like the peer, which takes no other name for one that its casing would keep.
  bool is_word = scope.options.casing == SchemaTextOptions::Casing::preserve || is_plain_key(key);
  bool is_named = key != column.name.text() || !is_word || scope.options.name_every_column;
  std::string arguments = is_named ? double_quoted(column.name.text()) : "";
  if (!arguments.empty() && !type.options.empty()) arguments += ", ";
  arguments += type.options;
  std::string out = fmt::format("{}: {}({})", object_key(key), function_of(scope, type), arguments);
  for (const std::string& size : type.dimensions) out += fmt::format(".array({})", size);
  return out;
}

std::string column_comments(const Scope& scope, const Path& owner, const Column& column,
                            const ColumnType& type) {
  std::string out = object_notes(scope.options, owner, column.name);
  return type.remark.empty() ? out : out + comment(type.remark, "\t");
}

}  // namespace tidemark::schema_text
