#include "connect/sqlite_session.h"

#include <sqlite3.h>

#include "base/text.h"
#include "connect/sqlite.h"

namespace tidemark {
namespace {

std::string text_or_empty(const char* text) { return text ? text : ""; }

SqliteValue value_at(sqlite3_stmt* statement, int column) {
  auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, size());
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      return Blob{bytes ? std::string(bytes, size()) : ""};
    }
    default:
      return std::monostate();
  }
}

/// Binds one value; the text must outlive the statement's run.
struct Binder {
  sqlite3_stmt* statement;
  int at;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
  int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, at, number); }
  int operator()(double number) const { return sqlite3_bind_double(statement, at, number); }
  int operator()(const std::string& text) const {
    return sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()),
                             SQLITE_STATIC);
  }
  int operator()(const Blob& blob) const {
    return sqlite3_bind_blob(statement, at, blob.bytes.data(), static_cast<int>(blob.bytes.size()),
                             SQLITE_STATIC);
  }
};

/// A statement that stopped half-way keeps its locks until it is reset.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

}  // namespace

SqliteSession::Statement::~Statement() { sqlite3_finalize(statement_); }

bool SqliteSession::Statement::gives_rows() const { return sqlite3_column_count(statement_) > 0; }

bool SqliteSession::Statement::only_reads() const { return sqlite3_stmt_readonly(statement_) != 0; }

std::vector<SqliteColumn> SqliteSession::Statement::columns() const {
  std::vector<SqliteColumn> out;
  for (int c = 0; c < sqlite3_column_count(statement_); ++c)
    out.push_back({text_or_empty(sqlite3_column_name(statement_, c)),
                   text_or_empty(sqlite3_column_decltype(statement_, c)),
                   text_or_empty(sqlite3_column_table_name(statement_, c)),
                   text_or_empty(sqlite3_column_origin_name(statement_, c))});
  return out;
}

std::vector<std::string> SqliteSession::Statement::parameters() const {
  std::vector<std::string> out;
  for (int p = 1; p <= sqlite3_bind_parameter_count(statement_); ++p)
    out.push_back(text_or_empty(sqlite3_bind_parameter_name(statement_, p)));
  return out;
}

SqliteSession::SqliteSession(const std::string& path, const SqliteSessionOptions& options) {
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  flags |= options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (!options.read_only && !options.must_exist) flags |= SQLITE_OPEN_CREATE;
  int code = sqlite3_open_v2(path.c_str(), &database_, flags, nullptr);
  if (code != SQLITE_OK) {
    DatabaseError error("unable to open database file", sqlite_code_name(code));
    sqlite3_close_v2(database_);
    throw error;
  }
  sqlite3_extended_result_codes(database_, 1);
  sqlite3_busy_timeout(database_, options.timeout_ms);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_FKEY, options.foreign_keys ? 1 : 0, nullptr);
}

SqliteSession::~SqliteSession() { sqlite3_close_v2(database_); }

std::unique_ptr<SqliteSession::Statement> SqliteSession::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()) + 1,
                                SQLITE_PREPARE_PERSISTENT, &statement, &rest);
  if (code != SQLITE_OK) raise(code);
  auto made = std::make_unique<Statement>(statement);
  if (!statement) throw DatabaseError("The supplied SQL string contains no statements", "NONE");
  for (sqlite3_stmt* next = nullptr; rest && *rest != '\0';) {
    code = sqlite3_prepare_v3(database_, rest, -1, 0, &next, &rest);
    if (code == SQLITE_OK && !next) continue;  // a comment, or white space
    sqlite3_finalize(next);
    throw DatabaseError("The supplied SQL string contains more than one statement", "SEVERAL");
  }
  return made;
}

std::vector<std::vector<SqliteValue>> SqliteSession::query(
    Statement& statement, const std::vector<SqliteValue>& parameters, bool first_only) {
  sqlite3_stmt* prepared = statement.statement_;
  Reset after{prepared};
  bind(prepared, parameters);
  std::vector<std::vector<SqliteValue>> out;
  for (;;) {
    int code = sqlite3_step(prepared);
    if (code == SQLITE_DONE) return out;
    if (code != SQLITE_ROW) raise(code);
    std::vector<SqliteValue>& row = out.emplace_back();
    for (int c = 0; c < sqlite3_column_count(prepared); ++c) row.push_back(value_at(prepared, c));
    if (first_only) return out;
  }
}

SqliteSession::Change SqliteSession::run(Statement& statement,
                                         const std::vector<SqliteValue>& parameters) {
  sqlite3_stmt* prepared = statement.statement_;
  Reset after{prepared};
  bind(prepared, parameters);
  std::int64_t before = sqlite3_total_changes(database_);
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(prepared);
  if (code != SQLITE_DONE) raise(code);
  // What a statement that changes nothing reports is the number of the one before it.
  bool changed = sqlite3_total_changes(database_) != before;
  return {changed ? sqlite3_changes(database_) : 0, sqlite3_last_insert_rowid(database_)};
}

void SqliteSession::execute(const std::string& sql) {
  int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(code);
}

bool SqliteSession::in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }

void SqliteSession::bind(sqlite3_stmt* statement, const std::vector<SqliteValue>& parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    int code = std::visit(Binder{statement, static_cast<int>(i) + 1}, parameters[i]);
    if (code != SQLITE_OK) raise(code);
  }
}

void SqliteSession::raise(int code) const {
  throw DatabaseError(sqlite3_errmsg(database_), sqlite_code_name(code));
}

}  // namespace tidemark
