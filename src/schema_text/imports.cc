#include "schema_text/imports.h"

#include <algorithm>

#include "schema_text/column_type.h"
#include "schema_text/sqlite_references.h"

namespace tidemark::schema_text {
namespace {

/// A list that keeps the first of equal names.
class Imports {
 public:
  void add(std::string_view name) {
    if (std::ranges::find(names_, name) == names_.end()) names_.emplace_back(name);
  }

  template <class Items>
  void add_if_any(std::string_view name, const Items& items) {
    if (!items.empty()) add(name);
  }

  void add_columns(const std::vector<Column>& columns, Engine engine) {
    for (const Column& column : columns) {
      ColumnType type = column_type(column, engine);
      if (type.made == ColumnType::Made::builtin) add(type.function);
      if (type.made == ColumnType::Made::custom) add("customType");
    }
  }

  void add_indexes(const std::vector<Index>& indexes) {
    for (const Index& index : indexes) add(index.unique ? "uniqueIndex" : "index");
  }

  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
};

bool has_schema(const Path& path) { return !path.schema.empty() && path.schema != Name("public"); }

void add_postgres_table(Imports& imports, const Table& table, const Cycles& cycles) {
  if (cycles.any(table)) imports.add("type PgTableExtraConfigValue");
  if (has_schema(table.path)) imports.add("pgSchema");
  imports.add_indexes(table.indexes);
  imports.add_if_any("foreignKey", table.foreign_keys);
  imports.add_if_any("primaryKey", table.primary_keys);
  imports.add_if_any("unique", table.uniques);
  imports.add_if_any("pgPolicy", table.policies);
  imports.add_if_any("check", table.checks);
  imports.add_columns(table.columns, Engine::postgresql);
}

void add_sqlite_table(Imports& imports, const Table& table, const Cycles& cycles) {
  if (types_extras(table, cycles)) imports.add("type SQLiteTableExtraConfigValue");
  imports.add_indexes(table.indexes);
  imports.add_if_any("foreignKey", table.foreign_keys);
  if (std::ranges::any_of(table.columns, has_key_apart)) imports.add("primaryKey");
  imports.add_if_any("primaryKey", table.primary_keys);
  imports.add_if_any("unique", table.uniques);
  imports.add_if_any("check", table.checks);
  imports.add_columns(table.columns, Engine::sqlite);
}

// An object by its schema's method, or by a function of its own.
void add_object(Imports& imports, const Path& path, std::string_view function) {
  imports.add(has_schema(path) ? "pgSchema" : function);
}

std::vector<std::string> postgres_imports(const Catalog& catalog, const Outside& outside,
                                          const Cycles& cycles) {
  Imports imports;
  imports.add("pgTable");
  for (const Table& table : catalog.tables) add_postgres_table(imports, table, cycles);
  for (const Table& table : outside.tables) add_postgres_table(imports, table, cycles);
  for (const View& view : catalog.views) {
    add_object(imports, view.path, view.materialized ? "pgMaterializedView" : "pgView");
    imports.add_columns(view.columns, Engine::postgresql);
  }
  for (const Sequence& sequence : catalog.sequences)
    add_object(imports, sequence.path, "pgSequence");
  for (const auto* enums : {&catalog.enums, &outside.enums})
    for (const Enum& type : *enums) add_object(imports, type.path, "pgEnum");
  imports.add_if_any("pgRole", catalog.roles);
  imports.add_if_any("pgPolicy", catalog.policies);
  imports.add_if_any("pgSchema", catalog.schemas);
  return imports.take();
}

std::vector<std::string> sqlite_imports(const Catalog& catalog, const Outside& outside,
                                        const Cycles& cycles) {
  Imports imports;
  imports.add("sqliteTable");
  imports.add("type AnySQLiteColumn");
  for (const Table& table : catalog.tables) add_sqlite_table(imports, table, cycles);
  for (const Table& table : outside.tables) add_sqlite_table(imports, table, cycles);
  for (const View& view : catalog.views) {
    imports.add("sqliteView");
    imports.add_columns(view.columns, Engine::sqlite);
  }
  return imports.take();
}

}  // namespace

std::vector<std::string> imports_of(const Catalog& catalog, const Outside& outside,
                                    const Cycles& cycles) {
  return catalog.engine == Engine::postgresql ? postgres_imports(catalog, outside, cycles)
                                              : sqlite_imports(catalog, outside, cycles);
}

}  // namespace tidemark::schema_text
