#include "apply/log_table.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>

#include "apply/catalog_image.h"
#include "base/crypto.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/definitions.h"

namespace tidemark {
namespace {

constexpr std::size_t kept_sql = 500;  // bytes of a statement; its hash says the rest

/// user@host, of the person or job that runs this program.
std::string this_user() {
  const passwd* user = ::getpwuid(::geteuid());
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return fmt::format("{}@{}", user ? user->pw_name : std::to_string(::geteuid()), host.data());
}

/// The start of a long statement, cut between characters.
std::string shortened(const std::string& text) {
  if (text.size() <= kept_sql) return text;
  std::size_t end = kept_sql;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

/// The time so long ago, as SQLite writes times.
std::string time_text(double ago_ms) {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count() -
            static_cast<long long>(ago_ms);
  std::time_t seconds = ms / 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     ms % 1000);
}

/// A list as PostgreSQL reads it: {"a","b\"c"}.
class ArrayText {
 public:
  void add(std::string_view value) {
    out_ += out_.size() > 1 ? ",\"" : "\"";
    for (char c : value) {
      if (c == '"' || c == '\\') out_ += '\\';
      out_ += c;
    }
    out_ += '"';
  }
  std::string text() const { return out_ + "}"; }

 private:
  std::string out_ = "{";
};

constexpr std::string_view column_list =
    "id {0} PRIMARY KEY, history text NOT NULL, tag text NOT NULL, statement integer NOT NULL, "
    "created_at bigint, hash text NOT NULL, sql text, state text NOT NULL, done integer, "
    "statements integer, started_at {1} NOT NULL DEFAULT {2}, finished_at {1}, took_ms {3}, run_by "
    "text NOT NULL, version text NOT NULL, error text, format integer NOT NULL DEFAULT 1, catalog "
    "text";

}  // namespace

LogTable::LogTable(const HistoryTable& history, Engine engine, std::string version)
    : engine_(engine),
      path_(engine == Engine::postgresql ? Path{"drizzle", "__tidemark_log"}
                                         : Path{"", "libsql_tidemark_log"}),
      history_(history.name()),
      version_(std::move(version)),
      run_by_(this_user()) {}

Command LogTable::look_for_columns() const { return tidemark::look_for_columns(engine_, path_); }

std::vector<LogEntry> LogTable::read_all(Connection& database) const {
  std::optional<Command> look = look_for_entries(columns_of(database, path_));
  if (!look) return {};
  return entries_of(database.query(look->sql, look->parameters));
}

std::optional<Command> LogTable::look_for_entries(const Rows& found) const {
  if (found.rows.empty()) return std::nullopt;
  return Command{
      standard_sql(
          "SELECT tag, hash, created_at, state, done, statements, started_at, finished_at, "
          "took_ms, "
          "run_by, version, error FROM ",
          path_, " WHERE history = $1 AND statement = 0 ORDER BY id"),
      {history_}};
}

std::vector<LogEntry> LogTable::entries_of(const Rows& found) {
  std::vector<LogEntry> out;
  out.reserve(found.rows.size());
  auto number = [](const Value& value) { return value ? std::stoull(*value) : 0; };
  for (const std::vector<Value>& row : found.rows) {
    auto text = [&](std::size_t i) { return row[i].value_or(""); };
    out.push_back({.tag = text(0),
                   .hash = text(1),
                   .when = std::stoll(row[2].value_or("0")),
                   .state = text(3),
                   .done = number(row[4]),
                   .statements = number(row[5]),
                   .started_at = text(6),
                   .finished_at = text(7),
                   .took_ms = text(8),
                   .run_by = text(9),
                   .version = text(10),
                   .error = text(11),
                   .told = !row[5]});
  }
  return out;
}

std::vector<LoggedStatement> LogTable::read_statements(Connection& database,
                                                       const std::string& tag) const {
  std::array<Value, 2> parameters{history_, tag};
  Rows rows =
      database.query(standard_sql("SELECT statement, hash, state FROM ", path_,
                                  " WHERE history = $1 AND tag = $2 AND statement > 0 AND state IN "
                                  "('running', 'applied') ORDER BY statement"),
                     parameters);
  std::vector<LoggedStatement> out;
  out.reserve(rows.rows.size());
  for (const std::vector<Value>& row : rows.rows)
    out.push_back({.number = std::stoul(row[0].value_or("0")),
                   .hash = row[1].value_or(""),
                   .finished = row[2] == "applied"});
  return out;
}

void LogTable::create(Connection& database) const {
  bool postgres = engine_ == Engine::postgresql;
  Rows found = columns_of(database, path_);
  if (!found.rows.empty()) {
    if (!has_column(found, "catalog"))
      database.execute(standard_sql("ALTER TABLE ", path_, " ADD COLUMN ",
                                    postgres ? "IF NOT EXISTS " : "", "catalog text"));
    return;
  }
  if (postgres) create_schema(database, path_.schema);
  std::string definition = postgres
                               ? fmt::format(column_list, "bigint GENERATED ALWAYS AS IDENTITY",
                                             "timestamptz", "clock_timestamp()", "double precision")
                               : fmt::format(column_list, "integer", "text",
                                             "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))", "real");
  // Both or none: a log without its unique index would guard nothing.
  std::array<Command, 4> commands{
      Command{"BEGIN"},
      Command{standard_sql("CREATE TABLE IF NOT EXISTS ", path_, " (", definition, ")")},
      Command{standard_sql("CREATE UNIQUE INDEX IF NOT EXISTS ", Name(path_.name.text() + "_once"),
                           " ON ", path_,
                           " (tag, statement, history) WHERE state IN ('running', 'applied')")},
      Command{"COMMIT"}};
  try {
    database.run(commands);
  } catch (const DatabaseError& error) {
    if (!error.connection_lost) database.roll_back();
    throw;
  }
}

Command LogTable::claim(const MigrationFile& migration, std::size_t statements) const {
  return {
      standard_sql("INSERT INTO ", path_,
                   " (history, tag, statement, created_at, hash, state, done, statements, run_by, "
                   "version) VALUES ($1, $2, 0, CAST($3 AS bigint), $4, 'running', 0, CAST($5 AS "
                   "integer), $6, $7)"),
      {history_, migration.tag, std::to_string(migration.when), migration.hash,
       std::to_string(statements), run_by_, version_}};
}

Command LogTable::look_for(const std::string& tag) const {
  return {
      standard_sql("SELECT 1 FROM ", path_,
                   " WHERE history = $1 AND tag = $2 AND statement = 0 AND state IN ('running', "
                   "'applied')"),
      {history_, tag}};
}

bool LogTable::has(Connection& database, const std::string& tag) const {
  Command look = look_for(tag);
  return !database.query(look.sql, look.parameters).rows.empty();
}

std::optional<std::size_t> LogTable::hold(Connection& database, const std::string& tag) const {
  std::array<Value, 2> parameters{history_, tag};
  Rows rows = database.query(
      standard_sql("SELECT done FROM ", path_,
                   " WHERE history = $1 AND tag = $2 AND statement = 0 AND state = 'running'",
                   engine_ == Engine::postgresql ? " FOR UPDATE" : ""),
      parameters);
  if (rows.rows.empty()) return std::nullopt;
  return std::stoul(rows.rows[0][0].value_or("0"));
}

Command LogTable::forget(const MigrationFile& migration) const {
  return {
      standard_sql("UPDATE ", path_,
                   " SET state = 'lost' WHERE history = $1 AND tag = $2 AND state IN ('running', "
                   "'applied', 'failed')"),
      {history_, migration.tag}};
}

Command LogTable::record_catalog(const std::string& tag, const std::string& changes) const {
  return {standard_sql(
              "UPDATE ", path_,
              " SET catalog = $1 WHERE history = $2 AND tag = $3 AND statement = 0 AND state IN "
              "('running', 'applied')"),
          {changes, history_, tag}};
}

/// What a migration did to very many definitions is found out later (engine/replay.h).
Command LogTable::keep_catalog(const std::string& tag) const {
  return {standard_sql("UPDATE ", path_,
                       " SET catalog = (SELECT json_group_array(json_array(type, name, sql)",
                       ") FROM (", std::string(sqlite_objects),
                       ") WHERE name <> $1) WHERE history = $1 AND "
                       "tag = $2 AND statement = 0 AND state = 'running' AND ",
                       sqlite_sql::few_definitions),
          {history_, tag}};
}

Command LogTable::record_catalog_since(const std::string& tag) const {
  return {
      standard_sql(
          "WITH kept (it) AS (SELECT value FROM ", path_,
          ", json_each(catalog) WHERE history = $1 AND tag = $2 AND statement = 0 AND state = "
          "'running'), made (it) AS (SELECT json_array(type, name, sql) FROM (",
          std::string(sqlite_objects), ") WHERE name <> $1) UPDATE ", path_,
          " SET catalog = CASE WHEN ", sqlite_sql::few_definitions,
          " THEN json_object('before', (SELECT json_group_array(json(it)) FROM kept WHERE it NOT "
          "IN (SELECT it FROM made)), 'after', (SELECT json_group_array(json(it)) FROM made WHERE "
          "it NOT IN (SELECT it FROM kept))) END WHERE history = $1 AND tag = $2 AND statement = 0 "
          "AND state = 'running' AND catalog IS NOT NULL"),
      {history_, tag}};
}

std::string LogTable::read_catalog(Connection& database, const std::string& tag) const {
  if (!has_column(columns_of(database, path_), "catalog")) return "";
  std::array<Value, 2> parameters{history_, tag};
  Rows rows = database.query(
      standard_sql("SELECT catalog FROM ", path_,
                   " WHERE history = $1 AND tag = $2 AND statement = 0 AND state = 'applied'"),
      parameters);
  return rows.rows.empty() ? "" : rows.rows[0][0].value_or("");
}

std::vector<Command> LogTable::rolled_back(const TakenBack& migration) const {
  return take_back(migration, "rolled back");
}

std::vector<Command> LogTable::not_applied(const TakenBack& migration) const {
  return take_back(migration, "not applied");
}

std::vector<Command> LogTable::take_back(const TakenBack& migration, const char* state) const {
  Value when = migration.when ? Value(std::to_string(*migration.when)) : std::nullopt;
  Command note{
      standard_sql("INSERT INTO ", path_,
                   " (history, tag, statement, created_at, hash, state, run_by, version) SELECT "
                   "$1, $2, 0, CAST($3 AS bigint), $4, $5, $6, $7 WHERE NOT EXISTS (SELECT 1 FROM ",
                   path_,
                   " WHERE history = $1 AND statement = 0 AND (tag = $2 AND state IN ('running', "
                   "'applied') OR hash = $4 AND created_at = CAST($3 AS bigint)))"),
      {history_, migration.tag, when, migration.hash, state, run_by_, version_}};
  Command change{standard_sql("UPDATE ", path_,
                              " SET state = $1 WHERE history = $2 AND tag = $3 AND state IN "
                              "('running', 'applied', 'failed')"),
                 {state, history_, migration.tag}};
  return {std::move(note), std::move(change)};
}

Command LogTable::said_applied(const MigrationFile& migration) const {
  const char* now =
      engine_ == Engine::postgresql ? "clock_timestamp()" : "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
  return {
      standard_sql("INSERT INTO ", path_,
                   " (history, tag, statement, created_at, hash, state, finished_at, run_by, "
                   "version) VALUES ($1, $2, 0, CAST($3 AS bigint), $4, 'applied', ",
                   now, ", $5, $6)"),
      {history_, migration.tag, std::to_string(migration.when), migration.hash, run_by_, version_}};
}

/// A row to insert: a statement, or with number 0 the migration itself.
struct LogTable::Row {
  std::size_t number;
  std::string hash, sql;
  double ago_ms, took_ms;
};

std::vector<Command> LogTable::applied(const MigrationFile& migration, double took_ms,
                                       std::span<const FinishedStatement> statements) const {
  std::vector<Row> rows{{0, migration.hash, "", took_ms, took_ms}};
  for (const FinishedStatement& one : statements)
    rows.push_back({one.number, sha256(*one.sql), shortened(*one.sql), one.ago_ms, one.took_ms});
  return insert(migration, rows);
}

std::vector<Command> LogTable::record(const MigrationFile& migration,
                                      std::span<const FinishedStatement> statements) const {
  if (statements.empty()) return {};
  std::vector<Row> rows;
  for (const FinishedStatement& one : statements)
    rows.push_back({one.number, sha256(*one.sql), shortened(*one.sql), one.ago_ms, one.took_ms});
  return insert(migration, rows);
}

/// One command for all rows where arrays can be sent, else one for each.
std::vector<Command> LogTable::insert(const MigrationFile& migration,
                                      std::span<const Row> rows) const {
  std::string into =
      standard_sql("INSERT INTO ", path_,
                   " (history, tag, created_at, run_by, version, statement, hash, sql, state, "
                   "started_at, finished_at, took_ms, done, statements) ");
  std::string count = std::to_string(rows.back().number);
  Command command{
      .parameters = {history_, migration.tag, std::to_string(migration.when), run_by_, version_}};
  if (engine_ == Engine::postgresql) {
    ArrayText numbers, hashes, texts, ago, took;
    for (const Row& row : rows) {
      numbers.add(std::to_string(row.number));
      hashes.add(row.hash);
      texts.add(row.sql);
      ago.add(fmt::format("{:.3f}", row.ago_ms));
      took.add(fmt::format("{:.3f}", row.took_ms));
    }
    command.sql = into +
                  "SELECT $1, $2, $3::bigint, $4, $5, number, hash, sql, 'applied', "
                  "clock_timestamp() - ago * interval '1 ms', clock_timestamp() - (ago - took) * "
                  "interval '1 ms', took, CASE number WHEN 0 THEN $6::int END, CASE number WHEN 0 "
                  "THEN $6::int END FROM unnest($7::int[], $8::text[], $9::text[], $10::float8[], "
                  "$11::float8[]) AS s(number, hash, sql, ago, took)";
    for (std::string& value :
         std::array{count, numbers.text(), hashes.text(), texts.text(), ago.text(), took.text()})
      command.parameters.emplace_back(std::move(value));
    return {std::move(command)};
  }
  std::vector<Command> out;
  command.sql =
      into +
      "VALUES ($1, $2, CAST($3 AS integer), $4, $5, CAST($6 AS integer), $7, $8, "
      "'applied', $9, $10, CAST($11 AS real), CAST($12 AS integer), CAST($12 AS integer))";
  for (const Row& row : rows) {
    out.push_back(command);
    for (std::string& value :
         std::array{std::to_string(row.number), row.hash, row.sql, time_text(row.ago_ms),
                    time_text(row.ago_ms - row.took_ms), fmt::format("{:.3f}", row.took_ms)})
      out.back().parameters.emplace_back(std::move(value));
    out.back().parameters.push_back(row.number == 0 ? Value(count) : std::nullopt);
  }
  return out;
}

Command LogTable::ran(const std::string& tag, std::size_t number,
                      const std::string& statement) const {
  return {
      standard_sql(
          "INSERT INTO ", path_,
          " (history, tag, statement, hash, sql, state, run_by, version, started_at, "
          "finished_at, took_ms) SELECT $1, $2, CAST($3 AS integer), $4, $5, 'applied', $6, $7, "
          "began, now, round((julianday(now) - julianday(began)) * 86400000) FROM (SELECT "
          "coalesce(finished_at, started_at) AS began, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS "
          "now FROM ",
          path_,
          " WHERE history = $1 AND tag = $2 AND state IN ('running', 'applied') ORDER BY statement "
          "DESC LIMIT 1)"),
      {history_, tag, std::to_string(number), sha256(statement), shortened(statement), run_by_,
       version_}};
}

Command LogTable::begin_alone(const std::string& tag, std::size_t number,
                              const std::string& statement, const std::string& before) const {
  return {
      standard_sql("INSERT INTO ", path_,
                   " (history, tag, statement, hash, sql, state, run_by, version, catalog) VALUES "
                   "($1, $2, CAST($3 AS integer), $4, $5, 'running', $6, $7, $8)"),
      {history_, tag, std::to_string(number), sha256(statement), shortened(statement), run_by_,
       version_, before.empty() ? std::nullopt : Value(before)}};
}

std::vector<UnfinishedStatement> LogTable::read_unfinished(Connection& database,
                                                           const std::string& tag) const {
  std::array<Value, 2> parameters{history_, tag};
  Rows rows = database.query(
      standard_sql("SELECT statement, hash, state, catalog FROM ", path_,
                   " WHERE history = $1 AND tag = $2 AND statement > 0 AND (state = 'running' OR "
                   "state = 'failed' AND catalog IS NOT NULL) ORDER BY id"),
      parameters);
  std::vector<UnfinishedStatement> out;
  for (const std::vector<Value>& row : rows.rows)
    out.push_back({.number = std::stoul(row[0].value_or("0")),
                   .hash = row[1].value_or(""),
                   .refused = row[2] == "failed",
                   .before = row[3].value_or("")});
  return out;
}

Command LogTable::settle_unfinished(const std::string& tag) const {
  return {standard_sql("UPDATE ", path_,
                       " SET state = 'failed', catalog = NULL WHERE history = $1 AND tag = $2 AND "
                       "statement > 0 AND state IN ('running', 'failed')"),
          {history_, tag}};
}

Command LogTable::end_alone(const std::string& tag, std::size_t number, double took_ms) const {
  const char* now =
      engine_ == Engine::postgresql ? "clock_timestamp()" : "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
  // Both rows in one command: a run that is cut off between two would not know
  // whether to run the statement again.
  return {
      standard_sql(
          "UPDATE ", path_,
          " SET state = CASE statement WHEN 0 THEN state ELSE 'applied' END, took_ms = CASE "
          "statement WHEN 0 THEN took_ms ELSE CAST($1 AS double precision) END, finished_at = CASE "
          "statement WHEN 0 THEN finished_at ELSE ",
          now,
          " END, done = CASE WHEN "
          "done < CAST($2 AS integer) THEN CAST($2 AS integer) ELSE done END, error = NULL WHERE "
          "history = $3 AND "
          "tag = $4 AND statement IN (0, CAST($5 AS integer)) AND state = 'running'"),
      {fmt::format("{:.3f}", took_ms), std::to_string(number), history_, tag,
       std::to_string(number)}};
}

Command LogTable::progress(const std::string& tag, std::size_t done) const {
  return {standard_sql(
              "UPDATE ", path_,
              " SET done = CAST($1 AS integer), error = NULL WHERE history = $2 AND tag = $3 AND "
              "statement = 0 AND state = 'running'"),
          {std::to_string(done), history_, tag}};
}

Command LogTable::fail(const std::string& tag, const std::string& error) const {
  return {standard_sql("UPDATE ", path_,
                       " SET error = CASE statement WHEN 0 THEN $1 END, state = CASE statement "
                       "WHEN 0 THEN state ELSE 'failed' END WHERE history = $2 AND tag = $3 AND "
                       "state = 'running'"),
          {error, history_, tag}};
}

Command LogTable::finish(const std::string& tag, std::size_t statements, double took_ms) const {
  const char* now =
      engine_ == Engine::postgresql ? "clock_timestamp()" : "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
  return {
      standard_sql(
          "UPDATE ", path_, " SET state = 'applied', error = NULL, finished_at = ", now,
          ", done = CAST($1 AS integer), took_ms = coalesce((SELECT sum(took_ms) FROM ", path_,
          " WHERE history = $3 AND tag = $4 AND statement > 0 AND state = 'applied'), CAST($2 AS "
          "double precision)) WHERE history = $3 AND tag = $4 AND statement = 0 AND state = "
          "'running'"),
      {std::to_string(statements), fmt::format("{:.3f}", took_ms), history_, tag}};
}

Command LogTable::finish(const std::string& tag, std::size_t statements) const {
  return {standard_sql(
              "UPDATE ", path_,
              " SET state = 'applied', done = CAST($1 AS integer), finished_at = now, took_ms = "
              "round((julianday(now) - julianday(started_at)) * 86400000) FROM (SELECT "
              "strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS now) WHERE history = $2 AND tag = $3 AND "
              "statement = 0 AND state = 'running'"),
          {std::to_string(statements), history_, tag}};
}

}  // namespace tidemark
