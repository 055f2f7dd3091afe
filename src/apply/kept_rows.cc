#include "apply/kept_rows.h"

#include <fmt/format.h>

#include <array>

#include "base/json.h"
#include "base/text.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

constexpr std::array<std::string_view, 4> kind_words = {"table", "column", "values", "rows"};

json::array path_json(const Path& path) { return {path.schema.text(), path.name.text()}; }

json::array names_json(const std::vector<Name>& names) {
  json::array out;
  for (const Name& name : names) out.emplace_back(name.text());
  return out;
}

std::string about(const KeptRows& kept) {
  json::object sequences;
  for (const auto& [column, state] : kept.sequences) sequences[column] = state;
  return json::serialize(json::object{{"table_before", path_json(kept.table_before)},
                                      {"table_after", path_json(kept.table_after)},
                                      {"column_before", kept.column_before.text()},
                                      {"column_after", kept.column_after.text()},
                                      {"key_before", names_json(kept.key_before)},
                                      {"key_after", names_json(kept.key_after)},
                                      {"key_as_text", kept.key_as_text},
                                      {"by_bag", kept.by_bag},
                                      {"bag_before", names_json(kept.bag_before)},
                                      {"bag_after", names_json(kept.bag_after)},
                                      {"columns", names_json(kept.columns)},
                                      {"needs_value", kept.needs_value},
                                      {"sequences", std::move(sequences)}});
}

std::string text_in(const json::value& value) { return std::string(value.as_string()); }

Path path_in(const json::value& value) {
  return {Name(text_in(value.at(0))), Name(text_in(value.at(1)))};
}

std::vector<Name> names_in(const json::value& value) {
  std::vector<Name> out;
  for (const json::value& name : value.as_array()) out.emplace_back(text_in(name));
  return out;
}

KeptRows kept_in(const std::vector<Value>& row) {
  json::value about = json::parse(*row[3]);
  KeptRows kept{.id = std::stoll(*row[0]),
                .tag = *row[1],
                .table_before = path_in(about.at("table_before")),
                .table_after = path_in(about.at("table_after")),
                .column_before = Name(text_in(about.at("column_before"))),
                .column_after = Name(text_in(about.at("column_after"))),
                .key_before = names_in(about.at("key_before")),
                .key_after = names_in(about.at("key_after")),
                .key_as_text = about.at("key_as_text").as_bool(),
                .columns = names_in(about.at("columns")),
                .needs_value = about.at("needs_value").as_bool(),
                .rows = std::stoull(row[4].value_or("0")),
                .kept_at = row[5].value_or("")};
  if (about.as_object().contains("by_bag")) {  // not in tables of the first versions
    kept.by_bag = about.at("by_bag").as_bool();
    kept.bag_before = names_in(about.at("bag_before"));
    kept.bag_after = names_in(about.at("bag_after"));
  }
  for (std::size_t i = 0; i < kind_words.size(); ++i)
    if (kind_words[i] == *row[2]) kept.kind = static_cast<KeptRows::Kind>(i);
  for (const auto& [column, state] : about.at("sequences").as_object())
    kept.sequences[column] = text_in(state);
  return kept;
}

}  // namespace

std::string KeptRows::text() const {
  bool whole = kind == Kind::table || kind == Kind::rows;
  return fmt::format("{} of {}", counted(rows, whole ? "row" : "value"),
                     whole ? plain_name(table_before) : plain_name(table_before, column_before));
}

KeptTable::KeptTable(const HistoryTable& history, Engine engine)
    : engine_(engine),
      list_(engine == Engine::postgresql ? Path{"drizzle", "__tidemark_kept"}
                                         : Path{"", "libsql_tidemark_kept"}),
      history_(history.name()) {}

Path KeptTable::path(const KeptRows& kept) const {
  return {list_.schema, Name(list_.name.text() + "_" + std::to_string(kept.id))};
}

void KeptTable::create(Connection& database) const {
  if (!columns_of(database, list_).rows.empty()) return;
  bool postgres = engine_ == Engine::postgresql;
  if (postgres) create_schema(database, list_.schema);
  database.execute(standard_sql(
      "CREATE TABLE ", list_, " (id ", postgres ? "bigint GENERATED ALWAYS AS IDENTITY" : "integer",
      " PRIMARY KEY, history text NOT NULL, tag text NOT NULL, kind text NOT NULL, about text "
      "NOT NULL, rows bigint NOT NULL DEFAULT 0, kept_at ",
      postgres ? "timestamptz NOT NULL DEFAULT now()"
               : "text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
      ", format integer NOT NULL DEFAULT 1)"));
}

void KeptTable::add(Connection& database, KeptRows& kept) const {
  std::array<Value, 4> values{history_, kept.tag,
                              std::string(kind_words[static_cast<std::size_t>(kept.kind)]),
                              about(kept)};
  Rows rows = database.query(
      standard_sql("INSERT INTO ", list_,
                   " (history, tag, kind, about) VALUES ($1, $2, $3, $4) RETURNING id"),
      values);
  kept.id = std::stoll(rows.rows.at(0).at(0).value_or("0"));
}

bool KeptTable::count(Connection& database, KeptRows& kept) const {
  kept.rows = std::stoull(database.query(standard_sql("SELECT count(*) FROM ", path(kept)))
                              .rows.at(0)
                              .at(0)
                              .value_or("0"));
  if (kept.rows == 0) {
    remove(database, kept);
    return false;
  }
  database.execute(fmt::format("UPDATE {} SET rows = {} WHERE id = {}", standard_sql(list_),
                               kept.rows, kept.id));
  return true;
}

void KeptTable::remove(Connection& database, const KeptRows& kept) const {
  database.execute(standard_sql("DROP TABLE IF EXISTS ", path(kept)));
  database.execute(fmt::format("DELETE FROM {} WHERE id = {}", standard_sql(list_), kept.id));
}

std::vector<KeptRows> KeptTable::read_where(Connection& database, const std::string& condition,
                                            std::vector<Value> values) const {
  if (columns_of(database, list_).rows.empty()) return {};
  values.insert(values.begin(), history_);
  Rows rows = database.query(standard_sql("SELECT id, tag, kind, about, rows, kept_at FROM ", list_,
                                          " WHERE history = $1 ", condition, " ORDER BY id"),
                             values);
  std::vector<KeptRows> out;
  for (const std::vector<Value>& row : rows.rows) out.push_back(kept_in(row));
  return out;
}

std::vector<KeptRows> KeptTable::read(Connection& database, const std::string& tag) const {
  if (tag.empty()) return read_where(database, "", {});
  return read_where(database, "AND tag = $2", {tag});
}

std::vector<KeptRows> KeptTable::older_than(Connection& database, std::chrono::seconds age) const {
  std::string seconds = std::to_string(age.count());
  if (engine_ == Engine::postgresql)
    return read_where(database, "AND kept_at <= now() - $2::bigint * interval '1 s'", {seconds});
  return read_where(
      database, "AND julianday(kept_at) <= julianday('now') - CAST($2 AS real) / 86400", {seconds});
}

}  // namespace tidemark
