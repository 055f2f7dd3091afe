// Read-only holds whatever is typed. PostgreSQL: every statement alone, in the extended
// protocol that takes one, inside our own transaction whose mode can no longer change
// once it has answered a query; then rolled back. SQLite: the connection itself looks
// only. A libSQL server has neither, so only what certainly reads is sent.
#include "studio/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "apply/sql_lexer.h"
#include "base/text.h"
#include "studio/cells.h"
#include "studio/read_only.h"
#include "studio/reading_calls.h"
#include "studio/table_answers.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

constexpr std::size_t console_characters = 2000;

void require_reading(const TypedStatement& statement, Engine engine) {
  Token first = tokenize(statement.sql, engine).at(0);
  if (first.is("copy"))
    throw DatabaseError("COPY can write files of the server: not when only reading");
  if (first.is("do"))
    throw DatabaseError("DO can hide COPY, which can write files: not when only reading");
  if (engine != Engine::turso) return;
  if (!statement.reads_only)
    throw DatabaseError("only reading: a libSQL server is sent SELECT, VALUES, WITH and EXPLAIN");
  require_known_calls(statement.sql);
}

/// COPY sends rows beside the results of its protocol, and nobody here would take them.
void require_results(const TypedStatement& statement, Engine engine) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  bool streams = tokens[0].is("copy") && std::ranges::any_of(tokens, [](const Token& token) {
                   return token.is("stdin") || token.is("stdout");
                 });
  if (!streams) return;
  DatabaseError error("COPY to or from this program needs psql");
  error.hint = "SELECT shows the rows, and Export in the data view writes them to a file.";
  throw error;
}

json::array columns_json(const std::vector<ResultColumn>& columns) {
  json::array out;
  for (const ResultColumn& column : columns)
    out.push_back(json::object{{"name", valid_text(column.name)}, {"type", column.type}});
  return out;
}

json::object explain_one(DatabaseSession& session, const TypedStatement& statement,
                         Explain explain) {
  Engine engine = session.connection().engine();
  std::string prefix = explain_prefix(engine, explain);
  std::vector<std::vector<Value>> rows;
  ResultSink sink;
  sink.row = [&](const ResultRow& row) {
    rows.push_back(row.values);
    return true;
  };
  try {
    session.read(prefix + statement.sql, {}, sink);
  } catch (DatabaseError& error) {  // its place is meant in what was typed
    error.position -= std::min(error.position, static_cast<std::uint32_t>(prefix.size()));
    throw;
  }
  return {{"sql", statement.sql}, {"plan", plan_steps(rows, engine)}};
}

/// The rows of one result, as far as it may have any; `left` bytes are there for it and those
/// after it.
class ConsoleRows {
 public:
  ConsoleRows(std::size_t most_rows, std::size_t& left) : most_rows_(most_rows), left_(left) {}

  /// False where there is no room for it.
  bool add(const ResultRow& row) {
    more_ = more_ || rows_.size() >= most_rows_;
    if (more_) return false;
    json::array cells;
    for (std::size_t i = 0; i < row.values.size(); ++i)
      cells.push_back(cell_of(row.values[i], row.kinds[i], console_characters));
    std::size_t size = json::serialize(cells).size();
    full_ = more_ = size > left_ && !rows_.empty();
    if (full_) return false;
    left_ -= std::min(size, left_);
    rows_.push_back(std::move(cells));
    return true;
  }

  bool more() const { return more_; }
  bool full() const { return full_; }
  json::array take() { return std::move(rows_); }

 private:
  std::size_t most_rows_;
  std::size_t& left_;
  bool more_ = false, full_ = false;
  json::array rows_;
};

json::object run_one(DatabaseSession& session, const TypedStatement& statement,
                     const ConsoleOptions& options, std::size_t& left) {
  Engine engine = session.connection().engine();
  if (options.read_only) require_reading(statement, engine);
  require_results(statement, engine);
  ReadOnlyTransaction guard(session, options.read_only);
  if (options.explain != Explain::nothing) return explain_one(session, statement, options.explain);
  json::object result{{"sql", statement.sql}};
  ConsoleRows rows(options.most_rows, left);
  ResultSink sink;
  sink.head = [&](const std::vector<ResultColumn>& head) {
    result["columns"] = columns_json(head);
  };
  sink.row = [&](const ResultRow& row) {
    return rows.add(row) || !statement.reads_only;  // one that writes runs to its end
  };
  ResultEnd end = session.read(statement.sql, {}, sink);
  if (end.returns_rows) result["rows"] = rows.take();
  if (!statement.reads_only) result["affected"] = end.affected;
  result["more"] = rows.more();
  result["full"] = rows.full();
  return result;
}

json::object error_json(const std::string& sql, const DatabaseError& error) {
  return {{"sql", sql},
          {"error", valid_text(error.message)},
          {"code", error.code},
          {"detail", valid_text(error.detail)},
          {"hint", valid_text(error.hint)},
          {"position", error.position}};
}

/// What came of it, or its error, with the time and what the server said beside.
json::object outcome_of(DatabaseSession& session, const TypedStatement& statement,
                        const ConsoleOptions& options, std::size_t& left, bool& lost) {
  auto start = std::chrono::steady_clock::now();
  json::object result;
  try {
    result = run_one(session, statement, options, left);
  } catch (const DatabaseError& error) {
    result = error_json(statement.sql, error);
    lost = error.connection_lost;
  }
  std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  result["ms"] = took.count();
  json::array notices;
  if (lost)
    session.close();
  else
    for (std::string& notice : session.connection().take_notices())
      notices.push_back(json::string(valid_text(notice)));
  result["notices"] = std::move(notices);
  return result;
}

bool may_begin(const TypedStatement& statement, Engine engine) {
  Token first = tokenize(statement.sql, engine).at(0);
  return first.is("begin") || first.is("start") || first.is("savepoint");
}

/// Rolls back the transaction that is open; tells whether there was one.
bool end_transaction(Connection& database) {
  try {
    // ROLLBACK alone would be taken without one too, and SAVEPOINT is not.
    if (database.engine() == Engine::postgresql) database.execute("SAVEPOINT tidemark_studio");
  } catch (const DatabaseError& error) {
    if (error.code == "25P01") return false;
  }
  try {
    database.execute("ROLLBACK");
    return true;
  } catch (const DatabaseError&) {  // SQLite: there was none
    return false;
  }
}

/// How many rows are in tables that a statement empties or drops: up to so many, or null.
json::value rows_in_danger(DatabaseSession& session, const Danger& danger) {
  if (danger.tables.empty()) return nullptr;
  try {
    std::int64_t sum = 0;
    for (const std::string& table : danger.tables) {
      Rows rows = session.connection().query(fmt::format(
          "SELECT count(*) FROM (SELECT 1 FROM {} LIMIT {}) AS c", table, counted_rows + 1));
      sum += std::stoll(rows.rows.at(0).at(0).value_or("0"));
    }
    return sum;
  } catch (const DatabaseError& error) {  // it is no table: running it will tell
    if (error.connection_lost) session.close();
    return nullptr;
  }
}

}  // namespace

bool run_console(DatabaseSession& session, std::span<const TypedStatement> statements,
                 const ConsoleOptions& options, const std::function<void(json::object)>& done) {
  Engine engine = session.connection().engine();
  bool began = false, lost = false;
  std::size_t left = options.most_bytes;
  for (const TypedStatement& statement : statements) {
    json::object result = outcome_of(session, statement, options, left, lost);
    bool failed = result.contains("error");
    began = began || may_begin(statement, engine);
    done(std::move(result));
    if (failed) break;
  }
  return began && !lost && end_transaction(session.connection());
}

json::array dangers_json(DatabaseSession& session, std::span<const TypedStatement> statements) {
  json::array out;
  for (const TypedStatement& one : statements)
    if (!one.danger.what.empty())
      out.push_back(json::object{{"sql", one.sql},
                                 {"danger", one.danger.what},
                                 {"rows", rows_in_danger(session, one.danger)}});
  return out;
}

}  // namespace tidemark::studio
