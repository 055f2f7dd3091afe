#include "source/live/sqlite/read_sqlite.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "catalog/columns.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/definitions.h"
#include "dialect/sqlite/vectors.h"
#include "source/table_filter.h"

namespace tidemark::sqlite_live {
namespace {

using sqlite_sql::read_create_index;
using sqlite_sql::read_create_table;
using sqlite_sql::read_create_view;
using sqlite_sql::TableText;
using sqlite_sql::Unsaid;

/// Virtual tables, and the tables in which they keep their content, are told by name only.
/// They are asked for once: the pragma lists all tables each time.
constexpr const char* objects_query =
    "WITH l AS MATERIALIZED (SELECT name, type FROM pragma_table_list "
    "WHERE schema = 'main' AND type IN ('virtual', 'shadow')) "
    "SELECT m.type, m.name, m.tbl_name, m.sql, coalesce(l.type, '') "
    "FROM sqlite_master m LEFT JOIN l ON m.type = 'table' AND l.name = m.name "
    "WHERE m.sql IS NOT NULL ORDER BY m.rowid";
constexpr const char* view_columns_query =
    "SELECT m.name, x.name, x.type FROM sqlite_master m, pragma_table_xinfo(m.name) x "
    "WHERE m.type = 'view' ORDER BY m.rowid, x.cid";

struct Object {
  std::string type, name, table, sql, kind;
};

std::vector<Object> read_objects(Connection& database) {
  std::vector<Object> objects;
  for (const std::vector<Value>& row : sqlite_sql::read_definitions(database, objects_query).rows)
    objects.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or(""),
                       row[3].value_or(""), row[4].value_or("")});
  return objects;
}

sqlite_sql::VectorShadows shadows_among(const std::vector<Object>& objects) {
  sqlite_sql::VectorShadows out;
  for (const Object& object : objects)
    if (object.type == "index") out.add_index(object.name, object.sql);
  return out;
}

bool belongs_to_host(std::string_view name) {
  constexpr std::array<std::string_view, 5> starts = {"sqlite_", "libsql_", "_litestream_", "_cf_",
                                                      "__tidemark_"};
  return std::ranges::any_of(starts, [&](std::string_view it) { return name.starts_with(it); });
}

class Reading {
 public:
  Reading(const LiveScope& scope, Engine engine, sqlite_sql::VectorShadows shadows)
      : scope_(scope), shadows_(std::move(shadows)) {
    live_.catalog.engine = engine;
  }

  bool sees(const std::string& name) const {
    if (shadows_.holds(name)) return false;
    bool ours = std::ranges::any_of(scope_.bookkeeping,
                                    [&](const Path& it) { return it.name.text() == name; });
    return !ours && !belongs_to_host(name) && passes_filter(name, scope_.tables);
  }

  void table(const Object& object) {
    if (object.kind == "shadow" || !sees(object.name)) return;
    if (object.kind == "virtual") return beyond(object.name, {}, "virtual table", object.sql);
    TableText text = read_create_table(object.sql);
    text.table.path.name = Name(object.name);
    for (Unsaid& one : text.unsaid)
      beyond(object.name, std::move(one.object), std::move(one.what), std::move(one.text));
    places_.emplace(lower(object.name), live_.catalog.tables.size());
    live_.catalog.tables.push_back(std::move(text.table));
  }

  void index(const Object& object) {
    if (Table* table = find(object.table))
      table->indexes.push_back(read_create_index(object.sql, *table));
  }

  void view(const Object& object) {
    if (!sees(object.name)) return;
    live_.catalog.views.push_back(
        {.path = {{}, Name(object.name)}, .definition = read_create_view(object.sql)});
  }

  void trigger(const Object& object) {
    if (find(object.table)) beyond(object.table, Name(object.name), "trigger", object.sql);
  }

  void view_column(const std::string& view, Column column) {
    auto found = std::ranges::find_if(live_.catalog.views,
                                      [&](const View& it) { return it.path.name.text() == view; });
    if (found != live_.catalog.views.end()) found->columns.push_back(std::move(column));
  }

  /// `REFERENCES users` means the primary key of users.
  void complete_references() {
    for (Table& table : live_.catalog.tables)
      for (ForeignKey& key : table.foreign_keys)
        if (const Table* target = find(key.target.name.text())) {
          key.target.name = target->path.name;
          if (key.target_columns.empty()) key.target_columns = key_columns(*target);
        }
  }

  LiveCatalog take() { return std::move(live_); }

 private:
  Table* find(const std::string& name) {
    auto place = places_.find(lower(name));
    return place == places_.end() ? nullptr : &live_.catalog.tables[place->second];
  }

  void beyond(const std::string& table, Name object, std::string what, std::string text) {
    live_.beyond.push_back(
        {{{}, Name(table)}, std::move(object), std::move(what), std::move(text)});
  }

  const LiveScope& scope_;
  sqlite_sql::VectorShadows shadows_;
  LiveCatalog live_;
  std::map<std::string, std::size_t> places_;
};

/// A view over something that is gone has no columns, and must not hide the others.
void read_view_columns(Connection& database, Reading& reading) {
  try {
    for (const std::vector<Value>& row : database.query(view_columns_query).rows)
      reading.view_column(row[0].value_or(""), {.name = Name(row[1].value_or("")),
                                                .type = {plain_type(row[2].value_or(""))}});
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
  }
}

}  // namespace

LiveCatalog read_sqlite(Connection& database, const LiveScope& scope) {
  std::vector<Object> objects = read_objects(database);
  Reading reading(scope, database.engine(), shadows_among(objects));
  // Indexes and triggers find their tables, wherever these stand.
  auto each = [&](std::string_view type, auto read) {
    for (const Object& object : objects)
      if (object.type == type) read(object);
  };
  each("table", [&](const Object& object) { reading.table(object); });
  each("index", [&](const Object& object) { reading.index(object); });
  each("view", [&](const Object& object) { reading.view(object); });
  each("trigger", [&](const Object& object) { reading.trigger(object); });
  reading.complete_references();
  if (std::ranges::any_of(objects, [](const Object& it) { return it.type == "view"; }))
    read_view_columns(database, reading);
  return reading.take();
}

std::string plain_type(const std::string& type) {
  if (sqlite_sql::is_vector_type(type)) return type;
  std::string low = lower(type);
  auto starts = [&](std::initializer_list<std::string_view> with) {
    return std::ranges::any_of(with, [&](std::string_view it) { return low.starts_with(it); });
  };
  if (starts({"int", "tinyint", "smallint", "mediumint", "bigint", "unsigned big int"}))
    return "integer";
  if (starts({"character", "varchar", "varying character", "national varying character", "nchar",
              "native character", "nvarchar", "clob", "text"})) {
    std::size_t first = low.find_first_of("0123456789");
    if (first == std::string::npos) return "text";
    std::size_t end = low.find_first_not_of("0123456789", first);
    return "text(" + low.substr(first, end == std::string::npos ? end : end - first) + ")";
  }
  if (starts({"blob"}) || low.empty()) return "blob";
  if (starts({"real", "double", "float"})) return "real";
  return "numeric";
}

}  // namespace tidemark::sqlite_live
