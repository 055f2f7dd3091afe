#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "schema_text/extras.h"
#include "schema_text/notes.h"
#include "schema_text/sqlite_references.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {

std::string item_start(const Scope& scope, const Table& table, const Name& object) {
  return "\n" + extra_notes(scope.options, table, object) + "\t";
}

std::string column_list(const Scope& scope, std::string_view object, const Path& table,
                        const std::vector<Name>& columns) {
  std::vector<std::string> members;
  for (const Name& column : columns)
    members.push_back(member(object, scope.names.column(table, column)));
  return join(members, ", ");
}

std::string primary_keys(const Scope& scope, const Table& table) {
  std::string out;
  auto add = [&](const Name& name, const std::vector<Name>& columns) {
    out += fmt::format("{}primaryKey({{ columns: [{}]{}}}),", item_start(scope, table, name),
                       column_list(scope, "table", table.path, columns),
                       name.empty() ? "" : ", name: " + double_quoted(name.text()));
  };
  for (const PrimaryKey& key : table.primary_keys) add(key.name, key.columns);
  if (scope.catalog.engine == Engine::postgresql) return out;
  for (const Column& column : table.columns)
    if (has_key_apart(column)) add({}, {column.name});
  return out;
}

std::string uniques(const Scope& scope, const Table& table) {
  std::string out;
  for (const Unique& unique : table.uniques)
    out += fmt::format("{}unique({}).on({}){},", item_start(scope, table, unique.name),
                       double_quoted(unique.name.text()),
                       column_list(scope, "table", table.path, unique.columns),
                       unique.nulls_not_distinct ? ".nullsNotDistinct()" : "");
  return out;
}

std::string checks(const Scope& scope, const Table& table) {
  std::string out;
  for (const Check& check : table.checks)
    out += fmt::format("{}check({}, {}),", item_start(scope, table, check.name),
                       double_quoted(check.name.text()), sql_template(check.expression));
  return out;
}

}  // namespace tidemark::schema_text
