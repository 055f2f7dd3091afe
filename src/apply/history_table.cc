#include "apply/history_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// SQLite may hold a whole number as a real one, or as text.
std::optional<std::int64_t> whole_number(const Value& value) {
  if (!value) return std::nullopt;
  double number = 0;
  std::int64_t whole = 0;
  const char* end = value->data() + value->size();
  if (std::from_chars(value->data(), end, whole).ptr == end) return whole;
  if (std::from_chars(value->data(), end, number).ptr == end && std::isfinite(number))
    return static_cast<std::int64_t>(number);
  return std::nullopt;
}

}  // namespace

Command look_for_columns(Engine engine, const Path& table) {
  if (engine == Engine::postgresql)
    return {
        "SELECT a.attname FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = "
        "a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = $1 "
        "AND n.nspname = $2 AND a.attnum > 0 AND NOT a.attisdropped",
        {table.name.text(), table.schema.text()}};
  return {"SELECT name FROM pragma_table_info($1)", {table.name.text()}};
}

bool has_column(const Rows& columns, std::string_view name) {
  return std::ranges::any_of(columns.rows,
                             [&](const std::vector<Value>& row) { return row[0] == name; });
}

Rows columns_of(Connection& database, const Path& table) {
  Command look = look_for_columns(database.engine(), table);
  return database.query(look.sql, look.parameters);
}

void create_schema(Connection& database, const Name& schema) {
  std::array<Value, 1> name{schema.text()};
  bool exists = !database.query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", name)
                     .rows.empty();
  if (!exists) database.execute(standard_sql("CREATE SCHEMA IF NOT EXISTS ", schema));
}

HistoryTable::HistoryTable(Engine engine, Path path)
    : engine_(engine), path_(std::move(path)), name_(path_.name.text()) {
  if (engine_ != Engine::postgresql) path_.schema = {};
  if (!path_.schema.empty()) name_ = path_.schema.text() + "." + name_;
}

std::optional<std::vector<HistoryRow>> HistoryTable::read(Connection& database) {
  std::optional<Command> look = look_for_rows(columns_of(database, path_));
  if (!look) return std::nullopt;
  return rows_of(database.query(look->sql, look->parameters));
}

Command HistoryTable::look_for_columns() const {
  return tidemark::look_for_columns(engine_, path_);
}

std::optional<Command> HistoryTable::look_for_rows(const Rows& columns) {
  if (columns.rows.empty()) return std::nullopt;
  has_names_ = has_column(columns, "name");
  return Command{standard_sql("SELECT hash, created_at, ", id_column(), has_names_ ? ", name" : "",
                              " FROM ", path_, " ORDER BY created_at")};
}

std::vector<HistoryRow> HistoryTable::rows_of(const Rows& found) const {
  std::vector<HistoryRow> out;
  out.reserve(found.rows.size());
  for (const std::vector<Value>& row : found.rows)
    out.push_back({.hash = row[0].value_or(""),
                   .created_at = whole_number(row[1]),
                   .name = has_names_ ? row[3].value_or("") : "",
                   .id = whole_number(row[2]).value_or(0)});
  return out;
}

/// SQLite leaves the column of that name empty: its type is not quite INTEGER.
const char* HistoryTable::id_column() const {
  return engine_ == Engine::postgresql ? "id" : "rowid";
}

bool HistoryTable::remove(Connection& database, const HistoryRow& row) const {
  std::array<Value, 2> values{std::to_string(row.id), row.hash};
  const char* number = engine_ == Engine::postgresql ? "$1" : "CAST($1 AS integer)";
  return !database
              .query(standard_sql("DELETE FROM ", path_, " WHERE ", id_column(), " = ", number,
                                  " AND hash = $2 RETURNING 1"),
                     values)
              .rows.empty();
}

bool HistoryTable::accept(Connection& database, const HistoryRow& row,
                          const MigrationFile& migration) const {
  std::array<Value, 4> values{migration.hash, std::to_string(migration.when),
                              std::to_string(row.id), row.hash};
  bool postgres = engine_ == Engine::postgresql;
  return !database
              .query(standard_sql("UPDATE ", path_, " SET hash = $1, created_at = ",
                                  postgres ? "$2" : "CAST($2 AS integer)", " WHERE ", id_column(),
                                  " = ", postgres ? "$3" : "CAST($3 AS integer)",
                                  " AND hash = $4 RETURNING 1"),
                     values)
              .rows.empty();
}

void HistoryTable::create(Connection& database) {
  bool postgres = engine_ == Engine::postgresql;
  if (postgres) create_schema(database, path_.schema);
  Rows columns = columns_of(database, path_);
  has_names_ = has_column(columns, "name");
  if (!columns.rows.empty()) return;
  database.execute(standard_sql("CREATE TABLE IF NOT EXISTS ", path_,
                                " (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at ",
                                postgres ? "bigint)" : "numeric)"));
}

Command HistoryTable::look_for(const MigrationFile& migration) const {
  const char* number = engine_ == Engine::postgresql ? "$2" : "CAST($2 AS integer)";
  return {standard_sql("SELECT 1 FROM ", path_, " WHERE hash = $1 AND created_at = ", number),
          {migration.hash, std::to_string(migration.when)}};
}

Command HistoryTable::refuse(const MigrationFile& migration) const {
  Command look = look_for(migration);
  look.sql = "SELECT CASE WHEN EXISTS (" + look.sql + ") THEN abs(-9223372036854775807 - 1) END";
  return look;
}

bool HistoryTable::has(Connection& database, const MigrationFile& migration) const {
  Command look = look_for(migration);
  return !database.query(look.sql, look.parameters).rows.empty();
}

Command HistoryTable::insert(const MigrationFile& migration) const {
  std::string when = std::to_string(migration.when);
  const char* number = engine_ == Engine::postgresql ? "$2" : "CAST($2 AS integer)";
  if (has_names_)
    return {standard_sql("INSERT INTO ", path_, " (hash, created_at, name) VALUES ($1, ", number,
                         ", $3)"),
            {migration.hash, when, migration.tag}};
  return {standard_sql("INSERT INTO ", path_, " (hash, created_at) VALUES ($1, ", number, ")"),
          {migration.hash, when}};
}

}  // namespace tidemark
