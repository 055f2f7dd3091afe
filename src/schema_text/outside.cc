#include "schema_text/outside.h"

#include <algorithm>
#include <set>
#include <utility>

#include "schema_text/column_type.h"

namespace tidemark::schema_text {
namespace {

class Collector {
 public:
  explicit Collector(const Catalog& catalog) : catalog_(catalog) {
    for (const Schema& schema : catalog.schemas) schemas_.insert(schema.name);
    for (const Enum& type : catalog.enums) enums_.insert(type.path);
    for (const Table& table : catalog.tables) tables_.insert(table.path);
  }

  Outside collect() {
    for (const Table& table : catalog_.tables) {
      add_enums(table.columns);
      for (const ForeignKey& key : table.foreign_keys) add_target(table, key);
    }
    for (const View& view : catalog_.views) add_enums(view.columns);
    for (const Policy& policy : catalog_.policies)
      if (!policy.on.name.empty()) add_table(policy.on);
    add_schemas();
    return std::move(outside_);
  }

 private:
  void add_schema(const Path& path) {
    const Name& schema = path.schema;
    if (schema.empty() || schema == Name("public") || !schemas_.insert(schema).second) return;
    outside_.schemas.push_back({schema});
  }

  void add_schemas() {
    for (const auto* tables : {&catalog_.tables, &std::as_const(outside_).tables})
      for (const Table& table : *tables) add_schema(table.path);
    for (const auto* enums : {&catalog_.enums, &std::as_const(outside_).enums})
      for (const Enum& type : *enums) add_schema(type.path);
    for (const Sequence& sequence : catalog_.sequences) add_schema(sequence.path);
    for (const View& view : catalog_.views) add_schema(view.path);
  }

  // TypeScript wants one value at least.
  void add_enums(const std::vector<Column>& columns) {
    for (const Column& column : columns) {
      if (column.type.schema.empty()) continue;
      Path path{column.type.schema, Name(element_type(column.type.text))};
      if (enums_.insert(path).second) outside_.enums.push_back({path, {""}});
    }
  }

  // Null where the catalog has the table.
  Table* add_table(const Path& path) {
    auto known = std::ranges::find(outside_.tables, path, &Table::path);
    if (known != outside_.tables.end()) return &*known;
    if (!tables_.insert(path).second) return nullptr;
    return &outside_.tables.emplace_back(Table{.path = path});
  }

  // The two ends of a reference have one type.
  void add_target(const Table& from, const ForeignKey& key) {
    Table* target = add_table(key.target);
    if (!target) return;
    for (std::size_t i = 0; i < key.target_columns.size(); i++) {
      const Name& name = key.target_columns[i];
      const Column* source = i < key.columns.size() ? from.column(key.columns[i]) : nullptr;
      if (target->column(name)) continue;
      target->columns.push_back({name, source ? source->type : SqlType{"integer"}});
    }
  }

  const Catalog& catalog_;
  Outside outside_;
  std::set<Name> schemas_;
  std::set<Path> enums_, tables_;
};

}  // namespace

Outside outside_of(const Catalog& catalog) { return Collector(catalog).collect(); }

}  // namespace tidemark::schema_text
