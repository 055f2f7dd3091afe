#include "dialect/postgres/indexes.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/columns.h"
#include "dialect/postgres/dependents.h"

namespace tidemark::postgres_dialect {

namespace {

std::string index_column_sql(const IndexColumn& column) {
  std::string out = column.is_expression ? column.text : sql(Name(column.text));
  if (!column.opclass.empty()) out += " " + column.opclass;
  if (!column.ascending) out += " DESC";
  // Descending order puts NULLs first by itself; the peer spells out both ends,
  // except after an operator class, where the plain ending is enough.
  bool plain = column.opclass.empty() ? column.ascending && !column.nulls_first
                                      : column.nulls_first != column.ascending;
  if (!plain) out += column.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return out;
}

std::string with_sql(const std::vector<StorageOption>& options) {
  if (options.empty()) return "";
  std::vector<std::string> parts;
  for (const StorageOption& it : options) parts.push_back(it.key + "=" + it.value.text);
  return " WITH (" + join(parts, ",") + ")";
}

// A unique index serves foreign keys if it covers plain columns and all rows.
bool serves_foreign_keys(const Index& index) {
  return index.unique && index.where.empty() &&
         std::ranges::none_of(index.columns, &IndexColumn::is_expression);
}

std::vector<Name> plain_columns(const Index& index) {
  std::vector<Name> names;
  for (const IndexColumn& column : index.columns) names.emplace_back(column.text);
  return names;
}

bool is_key(const Table& table, std::span<const Name> columns) {
  const Key wanted = key::unique_over(table.path, columns);
  auto is_wanted = [&](const std::vector<Name>& key) {
    return key::unique_over(table.path, key) == wanted;
  };
  return is_wanted(key_columns(table)) ||
         std::ranges::any_of(table.uniques, is_wanted, &Unique::columns);
}

// A key that stays, or is made with its table, serves foreign keys before any index does.
bool has_key(const Script& script, const Path& table, std::span<const Name> columns) {
  const Table* before = script.table_before(table);
  return is_key(*script.table_after(table), columns) && (!before || is_key(*before, columns));
}

std::string expressions(const Index& index) {
  std::string out = index.where;
  for (const IndexColumn& column : index.columns)
    if (column.is_expression) out += " " + column.text;
  return out;
}

// A column cannot change its type while an index compares it with constants of the old one, nor
// become text on the way where the index takes none.
void release_types(Added& draft, const Script& script, const Path& table, const Index& index) {
  script.for_each_mentioned(
      expressions(index), script.table_before(table),
      [&](const Name& column) { draft.releases(key::old_type(table, column)); });
  for (const IndexColumn& column : index.columns)
    if (!column.is_expression && !takes_text(index, column))
      draft.releases(key::old_type(table, Name(column.text)));
}

}  // namespace

bool takes_text(const Index& index, const IndexColumn& column) {
  const bool method = index.method == "btree" || index.method == "hash";
  return method &&
         (column.opclass.empty() || column.opclass == "enum_ops" || column.opclass == "array_ops");
}

std::string index_sql(const Path& table, const Index& index) {
  std::vector<std::string> columns;
  for (const IndexColumn& column : index.columns) columns.push_back(index_column_sql(column));
  std::string where = index.where.empty() ? "" : " WHERE " + index.where;
  return sql("CREATE ", index.unique ? "UNIQUE " : "", "INDEX ",
             index.concurrently ? "CONCURRENTLY " : "", index.name, " ON ", table, " USING ",
             index.method, " (", join(columns, ","), ")", with_sql(index.with), where, ";");
}

void create_index(Script& script, const Path& table, const Index& index, Rank rank) {
  Added draft = script.add_on(table, Step::create_index, rank, index_sql(table, index));
  draft.makes(key::relation({table.schema, index.name}));
  if (index.concurrently) draft.alone();
  if (serves_foreign_keys(index) && !has_key(script, table, plain_columns(index)))
    draft.makes(key::unique_over(table, plain_columns(index)));
  for (const IndexColumn& column : index.columns)
    if (!column.is_expression) draft.needs(key::column(table, Name(column.text)));
  script.for_each_mentioned(expressions(index), script.table_after(table),
                            [&](const Name& column) { draft.needs(key::column(table, column)); });
}

void drop_index(Script& script, const Path& table, const Index& index, Rank rank) {
  Path path = {table.schema, index.name};
  Added draft = script.add_on(table, Step::drop_index, rank, sql("DROP INDEX ", path, ";"));
  draft.drops(key::relation(path));
  release_types(draft, script, table, index);
  if (!serves_foreign_keys(index)) return;
  draft.drops(key::unique_over(table, plain_columns(index)));
  set_aside_references(script, table, plain_columns(index));
}

void write(Script& script, const Add<Index>& change) {
  create_index(script, change.table, change.part, Rank::indexes_of_old_tables);
}
void write(Script& script, const Remove<Index>& change) {
  drop_index(script, change.table, change.part, Rank::drop_indexes);
}
void write(Script& script, const Modify<Index>& change) {
  drop_index(script, change.table, change.before, Rank::drop_altered_indexes);
  create_index(script, change.table, change.after, Rank::altered_indexes);
}

}  // namespace tidemark::postgres_dialect
