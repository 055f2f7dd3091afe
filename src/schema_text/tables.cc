#include <fmt/format.h>

#include "schema_text/columns.h"
#include "schema_text/extras.h"
#include "schema_text/notes.h"
#include "schema_text/objects.h"
#include "schema_text/sqlite_references.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string start(const Scope& scope, const Table& table, const std::string& function) {
  return fmt::format("const {} = {}({}, {{\n", scope.names.tables.at(table.path), function,
                     double_quoted(table.path.name.text()));
}

std::string postgres_table(const Scope& scope, const Table& table) {
  std::string out = start(scope, table, maker(scope, table.path, "pgTable", "table"));
  out += postgres_columns(scope, table) + "}";
  std::string extras = postgres_indexes(scope, table) + postgres_foreign_keys(scope, table) +
                       primary_keys(scope, table) + uniques(scope, table) +
                       table_policies(scope, table) + checks(scope, table);
  std::string_view type = scope.cycles.any(table) ? ": PgTableExtraConfigValue[]" : "";
  if (!extras.empty()) out += fmt::format(", (table){} => [{}\n]", type, extras);
  return out + (table.row_level_security ? ").enableRLS();" : ");");
}

std::string sqlite_table(const Scope& scope, const Table& table) {
  std::string out = start(scope, table, "sqliteTable");
  out += sqlite_columns(scope, table) + "}";
  std::string extras = sqlite_indexes(scope, table) + sqlite_foreign_keys(scope, table) +
                       primary_keys(scope, table) + uniques(scope, table) + checks(scope, table);
  std::string_view type =
      types_extras(table, scope.cycles) ? ": SQLiteTableExtraConfigValue[]" : "";
  if (!extras.empty()) out += fmt::format(",\n(table){} => [{}\n]", type, extras);
  return out + ");";
}

// Tables that others refer to and that are not ours come first.
template <class Write>
std::vector<std::string> tables(const Scope& scope, Write write) {
  std::vector<std::string> out;
  for (const Table& table : scope.outside.tables)
    out.push_back(comment("Named by others, and not a part of this schema") + write(scope, table));
  for (const Table& table : scope.catalog.tables)
    out.push_back(table_notes(scope.options, table) + "export " + write(scope, table));
  return out;
}

}  // namespace

std::vector<std::string> postgres_tables(const Scope& scope) {
  return tables(scope, postgres_table);
}

std::vector<std::string> sqlite_tables(const Scope& scope) { return tables(scope, sqlite_table); }

}  // namespace tidemark::schema_text
