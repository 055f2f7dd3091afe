#include "schema_text/names.h"

#include "schema_text/camel_case.h"
#include "schema_text/column_type.h"
#include "schema_text/identifiers.h"

namespace tidemark::schema_text {
namespace {

class Chooser {
 public:
  Chooser(const SchemaTextOptions& options, std::set<std::string> imported)
      : casing_(options.casing), identifiers_(std::move(imported)) {}

  std::string claim(std::string_view name, std::string_view kind) {
    return identifiers_.claim(cased(name, casing_), kind);
  }

  // Objects of other schemas say which: `usersInAuth`.
  template <class Object>
  void add(std::map<Path, std::string>& names, const std::vector<Object>& objects,
           std::string_view kind) {
    for (const Object& object : objects) {
      if (names.contains(object.path)) continue;
      auto schema = chosen.schemas.find(object.path.schema);
      std::string suffix = schema == chosen.schemas.end() ? "" : "In" + capitalised(schema->second);
      names.emplace(object.path, claim(object.path.name.text() + suffix, kind));
    }
  }

  void add_schemas(const std::vector<Schema>& schemas) {
    for (const Schema& schema : schemas)
      chosen.schemas.emplace(schema.name, claim(schema.name.text(), "Schema"));
  }

  void add_columns(const std::vector<Table>& tables) {
    for (const Table& table : tables)
      chosen.columns.emplace(table.path, column_keys(table.columns, casing_));
  }

  void add_custom_types(const std::vector<Column>& columns, Engine engine) {
    for (const Column& column : columns) {
      ColumnType type = column_type(column, engine);
      if (type.made != ColumnType::Made::custom || chosen.custom_types.contains(type.sql)) continue;
      chosen.custom_types.emplace(type.sql,
                                  identifiers_.claim(camel_case(identifier(type.sql)), "Type"));
    }
  }

  Names chosen;

 private:
  SchemaTextOptions::Casing casing_;
  Identifiers identifiers_;
};

}  // namespace

std::string Names::column(const Path& table, const Name& column) const {
  auto keys = columns.find(table);
  if (keys == columns.end()) return column.text();
  auto key = keys->second.find(column);
  return key == keys->second.end() ? column.text() : key->second;
}

Names choose_names(const Catalog& catalog, const Outside& outside, const SchemaTextOptions& options,
                   std::set<std::string> imported) {
  Chooser chooser(options, std::move(imported));
  Names& names = chooser.chosen;
  chooser.add_schemas(catalog.schemas);
  chooser.add_schemas(outside.schemas);
  for (const Role& role : catalog.roles)
    names.roles.emplace(role.name, chooser.claim(role.name.text(), "Role"));
  chooser.add(names.enums, catalog.enums, "Enum");
  chooser.add(names.sequences, catalog.sequences, "Sequence");
  chooser.add(names.tables, catalog.tables, "Table");
  chooser.add(names.views, catalog.views, "View");
  chooser.add(names.enums, outside.enums, "Enum");
  chooser.add(names.tables, outside.tables, "Table");
  for (const Policy& policy : catalog.policies)
    names.policies.push_back(chooser.claim(policy.name.text(), "Policy"));
  chooser.add_columns(catalog.tables);
  chooser.add_columns(outside.tables);
  for (const Table& table : catalog.tables) chooser.add_custom_types(table.columns, catalog.engine);
  for (const Table& table : outside.tables) chooser.add_custom_types(table.columns, catalog.engine);
  for (const View& view : catalog.views) chooser.add_custom_types(view.columns, catalog.engine);
  return std::move(names);
}

}  // namespace tidemark::schema_text
