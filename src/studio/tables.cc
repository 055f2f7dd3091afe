#include "studio/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "diff/diff.h"
#include "plan/planner.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

constexpr const char* schemas_query =
    "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> "
    "'information_schema' ORDER BY 1";
// Before the first ANALYZE the server has only counted what was written.
constexpr const char* estimates_query = R"(
SELECT n.nspname, c.relname, CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint
  ELSE pg_catalog.pg_stat_get_live_tuples(c.oid) END
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm')
  AND (c.reltuples >= 0 OR pg_catalog.pg_stat_get_live_tuples(c.oid) > 0))";

std::int64_t number(const Value& value) {
  std::int64_t out = 0;
  if (value) std::from_chars(value->data(), value->data() + value->size(), out);
  return out;
}

Path path_of(const std::vector<Value>& row) {
  return {Name(row[0].value_or("")), Name(row[1].value_or(""))};
}

void read_postgres_extras(Connection& database, Tables& tables) {
  for (const auto& row : database.query(estimates_query).rows)
    tables.estimates[path_of(row)] = number(row[2]);
}

/// What ANALYZE noted; one number for each index, of which the first is the table's.
void read_sqlite_extras(Connection& database, Tables& tables) {
  if (database.query("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").rows.empty())
    return;
  for (const auto& row : database.query("SELECT '', tbl, stat FROM sqlite_stat1").rows)
    tables.estimates[path_of(row)] = number(row[2]);
}

LiveScope everything(Connection& database) {
  LiveScope scope{.schemas = {}};
  if (database.engine() != Engine::postgresql) return scope;
  for (const auto& row : database.query(schemas_query).rows) scope.schemas.push_back(*row[0]);
  return scope;
}

json::array names_json(std::span<const Name> names) {
  json::array out;
  for (const Name& name : names) out.push_back(json::string(name.text()));
  return out;
}

/// Snapshots leave the schema of a target out where it is the default one.
Path target_of(const Tables& tables, const ForeignKey& key) {
  if (tables.engine == Engine::postgresql && key.target.schema.empty())
    return {Name("public"), key.target.name};
  return key.target;
}

json::value values_of(const Tables& tables, const SqlType& type) {
  for (const Enum& one : tables.live.catalog.enums)
    if (one.path.name.text() == type.text &&
        (type.schema.empty() || one.path.schema == type.schema))
      return json::value_from(one.values);
  return nullptr;
}

json::object column_json(const Tables& tables, const Column& column, const Relation& relation) {
  const GridColumn* grid = relation.column(column.name.text());
  json::object out{
      {"name", column.name.text()},     {"type", column.type.text},
      {"notNull", grid->not_null},      {"generated", grid->generated},
      {"identity", grid->identity},     {"sorts", has_order(column.type.text, tables.engine)},
      {"hasDefault", grid->has_default}};
  switch (type_class(column.type.text, tables.engine)) {
    case TypeClass::number:
      out["class"] = "number";
      break;
    case TypeClass::boolean:
      out["class"] = "boolean";
      if (tables.engine != Engine::postgresql) out["values"] = json::array{"1", "0"};
      break;
    case TypeClass::bytes:
      out["class"] = "bytes";
      break;
    default:
      out["class"] = lower(column.type.text).starts_with("json") ? "json" : "text";
  }
  if (column.default_value) out["default"] = column.default_value->text;
  if (json::value values = values_of(tables, column.type); !values.is_null())
    out["values"] = std::move(values);
  return out;
}

const std::vector<Column>& columns_of(const Tables& tables, const Path& path) {
  if (const Table* table = tables.live.catalog.table(path)) return table->columns;
  for (const View& view : tables.live.catalog.views)
    if (view.path == path) return view.columns;
  throw Error(Fault::bug, "a relation without a table");
}

}  // namespace

json::object path_json(const Path& path) {
  return {{"schema", path.schema.text()}, {"name", path.name.text()}};
}

json::object key_json(const Path& from, const ForeignKey& key, const Path& target) {
  return {{"name", key.name.text()},
          {"from", path_json(from)},
          {"columns", names_json(key.columns)},
          {"target", path_json(target)},
          {"targetColumns", names_json(key.target_columns)}};
}

const Relation& Tables::find(const Path& path) const {
  auto found = relations.find(path);
  if (found != relations.end()) return found->second;
  throw Error(Fault::usage, fmt::format("there is no table {}", path.name.text()))
      .hint("Refresh the list: it may have been dropped or renamed.");
}

Tables read_tables(Connection& database) {
  Tables tables{.engine = database.engine(), .live = {}, .relations = {}, .estimates = {}};
  tables.live = read_live(database, everything(database));
  if (tables.engine == Engine::postgresql)
    read_postgres_extras(database, tables);
  else
    read_sqlite_extras(database, tables);
  for (const Table& table : tables.live.catalog.tables)
    tables.relations.emplace(table.path, relation_of(table, tables.engine));
  for (const View& view : tables.live.catalog.views)
    tables.relations.emplace(view.path, relation_of(view));
  return tables;
}

json::array tables_json(const Tables& tables) {
  json::array out;
  for (const auto& [path, relation] : tables.relations) {
    json::object one = path_json(path);
    one["kind"] = relation.view ? "view" : "table";
    auto rows = tables.estimates.find(path);
    one["rows"] = rows == tables.estimates.end() ? json::value(nullptr) : json::value(rows->second);
    out.push_back(std::move(one));
  }
  return out;
}

json::object table_json(const Tables& tables, const Path& path) {
  const Relation& relation = tables.find(path);
  json::object out = path_json(path);
  json::array columns, outgoing, incoming;
  for (const Column& column : columns_of(tables, path))
    columns.push_back(column_json(tables, column, relation));
  for (const Table& table : tables.live.catalog.tables)
    for (const ForeignKey& key : table.foreign_keys) {
      Path target = target_of(tables, key);
      if (table.path == path) outgoing.push_back(key_json(table.path, key, target));
      if (target == path) incoming.push_back(key_json(table.path, key, target));
    }
  json::array beyond;
  for (const Beyond& one : tables.live.beyond)
    if (one.table == path)
      beyond.push_back(
          json::object{{"what", one.what}, {"object", one.object.text()}, {"text", one.text}});
  out["beyond"] = std::move(beyond);
  out["kind"] = relation.view ? "view" : "table";
  out["columns"] = std::move(columns);
  out["key"] = names_json(relation.key);
  out["hiddenKey"] = relation.key_is_rowid;
  out["readOnlyReason"] = relation.read_only_reason;
  out["refersTo"] = std::move(outgoing);
  out["referredBy"] = std::move(incoming);
  return out;
}

json::object diagram_json(const Tables& tables) {
  json::array list, keys;
  for (const Table& table : tables.live.catalog.tables) {
    const Relation& relation = tables.find(table.path);
    json::object one = path_json(table.path);
    json::array columns;
    for (const Column& column : table.columns)
      columns.push_back(json::object{
          {"name", column.name.text()},
          {"type", column.type.text},
          {"key", !relation.key_is_rowid &&
                      std::ranges::find(relation.key, column.name) != relation.key.end()}});
    one["columns"] = std::move(columns);
    list.push_back(std::move(one));
    for (const ForeignKey& key : table.foreign_keys)
      keys.push_back(key_json(table.path, key, target_of(tables, key)));
  }
  return {{"tables", std::move(list)}, {"keys", std::move(keys)}};
}

std::string ddl_of(const Tables& tables, const Path& path) {
  tables.find(path);
  Catalog live = in_plain_words(tables.live.catalog);
  Catalog one{.engine = live.engine}, nothing{.engine = live.engine};
  for (Table& table : live.tables)
    if (table.path == path) one.tables.push_back(std::move(table));
  for (View& view : live.views) {
    if (view.path != path) continue;
    view.columns.clear();
    one.views.push_back(std::move(view));
  }
  NoRenames none;
  std::string text;
  for (const Statement& statement : make_plan(diff(nothing, one, none), one).statements)
    text += std::string(trim(statement.sql)) + "\n\n";
  return std::string(trim(text)) + "\n";
}

}  // namespace tidemark::studio
