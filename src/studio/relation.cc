#include "studio/relation.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalog/columns.h"

namespace tidemark::studio {
namespace {

GridColumn grid_column(const Column& column) {
  bool identity = column.identity && column.identity->mode == Identity::Mode::always;
  return {.name = column.name,
          .type = column.type.text,
          .not_null = column.not_null || column.primary_key,
          .generated = column.generated.has_value() || identity,
          .has_default = column.default_value.has_value() || column.identity.has_value() ||
                         column.autoincrement ||
                         column.type.text.find("serial") != std::string::npos,
          .identity = identity};
}

bool all_filled(const Relation& relation, std::span<const Name> names) {
  return !names.empty() && std::ranges::all_of(names, [&](const Name& name) {
    const GridColumn* column = relation.column(name.text());
    return column && column->not_null;
  });
}

/// A key that is not the primary one, of columns that are never NULL.
std::vector<Name> unique_key(const Table& table, const Relation& relation) {
  for (const Unique& unique : table.uniques)
    if (all_filled(relation, unique.columns)) return unique.columns;
  for (const Index& index : table.indexes) {
    std::vector<Name> names;
    for (const IndexColumn& column : index.columns) names.emplace_back(column.text);
    bool plain = index.unique && index.where.empty() &&
                 std::ranges::none_of(index.columns, &IndexColumn::is_expression);
    if (plain && all_filled(relation, names)) return names;
  }
  return {};
}

/// SQLite takes NULL in primary keys of several columns or of other types.
bool key_holds(const Table& table, std::span<const Name> key) {
  bool without_rowid = lower(table.kept.sql).find("without rowid") != std::string::npos;
  if (without_rowid) return true;
  if (key.size() == 1) {
    const Column* column = table.column(key[0]);
    if (column && lower(column->type.text) == "integer") return true;
  }
  return std::ranges::all_of(key, [&](const Name& name) {
    const Column* column = table.column(name);
    return column && column->not_null;
  });
}

Name rowid_name(const Relation& relation) {
  for (const char* name : {"rowid", "_rowid_", "oid"})
    if (std::ranges::none_of(relation.columns, [&](const GridColumn& column) {
          return lower(column.name.text()) == name;
        }))
      return name;
  return {};
}

void find_sqlite_key(Relation& relation, const Table& table) {
  std::vector<Name> key = key_columns(table);
  if (!key.empty() && key_holds(table, key)) {
    relation.key = key;
    return;
  }
  Name rowid = rowid_name(relation);
  if (rowid.empty()) return;
  relation.key = {rowid};
  relation.key_is_rowid = true;
}

}  // namespace

const GridColumn* Relation::column(std::string_view name) const {
  auto found = std::ranges::find_if(
      columns, [&](const GridColumn& column) { return column.name.text() == name; });
  return found == columns.end() ? nullptr : &*found;
}

TypeClass type_class(const std::string& type, Engine engine) {
  std::string word = lower(type);
  auto starts = [&](std::span<const std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view one) { return word.starts_with(one); });
  };
  if (word.ends_with("]")) return TypeClass::long_text;
  constexpr auto numbers =
      std::to_array<std::string_view>({"int", "bigint", "smallint", "serial", "bigserial",
                                       "smallserial", "numeric", "decimal", "real", "double"});
  bool no_number = engine == Engine::postgresql &&
                   (word.starts_with("interval") || word.find("range") != word.npos);
  if (starts(numbers) && !no_number) return TypeClass::number;
  if (word.starts_with("bool")) return TypeClass::boolean;
  if (word == "bytea" || word == "blob") return TypeClass::bytes;
  if (engine != Engine::postgresql) return TypeClass::long_text;
  if (word == "date" || word.starts_with("time") || word == "uuid" || word.starts_with("interval"))
    return TypeClass::other;
  return TypeClass::long_text;
}

bool has_order(const std::string& type, Engine engine) {
  constexpr auto without = std::to_array<std::string_view>(
      {"json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle"});
  std::string element = lower(type.substr(0, type.find('[')));
  return engine != Engine::postgresql || std::ranges::find(without, element) == without.end();
}

Relation relation_of(const Table& table, Engine engine) {
  Relation relation{.path = table.path, .columns = {}};
  for (const Column& column : table.columns) relation.columns.push_back(grid_column(column));
  for (const Name& name : key_columns(table))
    for (GridColumn& column : relation.columns)
      if (engine == Engine::postgresql && column.name == name) column.not_null = true;
  if (engine == Engine::postgresql) {
    relation.key = key_columns(table);
    if (relation.key.empty()) relation.key = unique_key(table, relation);
  } else {
    find_sqlite_key(relation, table);
  }
  if (relation.key.empty())
    relation.read_only_reason =
        "the table has no primary key and no unique key without NULL: its rows cannot be told "
        "apart";
  return relation;
}

Relation relation_of(const View& view) {
  Relation relation{.path = view.path,
                    .view = true,
                    .columns = {},
                    .read_only_reason = "a view shows rows of other tables"};
  for (const Column& column : view.columns) relation.columns.push_back(grid_column(column));
  return relation;
}

}  // namespace tidemark::studio
