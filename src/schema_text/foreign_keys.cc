#include <fmt/format.h>

#include <span>

#include "schema_text/extras.h"
#include "schema_text/sqlite_references.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string actions(const ForeignKey& key) {
  std::string out;
  if (key.on_update != "no action")
    out += fmt::format(".onUpdate({})", double_quoted(key.on_update));
  if (key.on_delete != "no action")
    out += fmt::format(".onDelete({})", double_quoted(key.on_delete));
  return out;
}

/// The object that describes a key, on lines of their own.
std::string description(const Scope& scope, const Table& table, const ForeignKey& key) {
  std::string target = key.target == table.path ? "table" : scope.names.tables.at(key.target);
  return fmt::format(
      "{{\n\t\t\tcolumns: [{}],\n\t\t\tforeignColumns: [{}],\n\t\t\tname: {}\n\t\t}}",
      column_list(scope, "table", table.path, key.columns),
      column_list(scope, target, key.target, key.target_columns), double_quoted(key.name.text()));
}

}  // namespace

std::string postgres_foreign_keys(const Scope& scope, const Table& table) {
  std::string out;
  for (const ForeignKey& key : table.foreign_keys)
    out += fmt::format("{}foreignKey({}){},", item_start(scope, table, key.name),
                       description(scope, table, key), actions(key));
  return out;
}

std::string sqlite_foreign_keys(const Scope& scope, const Table& table) {
  std::string out;
  for (const ForeignKey& key : std::span(table.foreign_keys).subspan(inline_references(table)))
    out += fmt::format("{}foreignKey(() => ({})){},", item_start(scope, table, key.name),
                       description(scope, table, key), actions(key));
  return out;
}

}  // namespace tidemark::schema_text
