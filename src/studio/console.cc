// Read-only holds whatever is typed. PostgreSQL: every statement alone, in the extended
// protocol that takes one, inside our own transaction whose mode can no longer change
// once it has answered a query; then rolled back. SQLite: the connection itself looks
// only. A libSQL server has neither, so only what certainly reads is sent.
#include "studio/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "apply/splitter.h"
#include "apply/sql_lexer.h"
#include "base/text.h"
#include "studio/cells.h"
#include "studio/read_only.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

constexpr std::size_t console_characters = 2000;

bool has(std::span<const Token> tokens, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(tokens, [&](const Token& token) {
    return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
  });
}

/// Whether a word stands outside all parentheses.
bool has_outside(std::span<const Token> tokens, std::string_view word) {
  int depth = 0;
  for (const Token& token : tokens) {
    if (token.is('(')) ++depth;
    if (token.is(')')) --depth;
    if (depth == 0 && token.is(word)) return true;
  }
  return false;
}

std::string danger_of(std::span<const Token> tokens) {
  const Token& first = tokens.front();
  if (first.is("drop")) return "drops something for good";
  if (first.is("truncate")) return "deletes every row of a table";
  if (first.is("alter") && has(tokens, {"drop"})) return "drops a part of a table";
  bool everywhere = !has_outside(tokens, "where");
  if ((first.is("delete") || (first.is("with") && has_outside(tokens, "delete"))) && everywhere)
    return "deletes every row of a table";
  if ((first.is("update") || (first.is("with") && has_outside(tokens, "update"))) && everywhere)
    return "changes every row of a table";
  return {};
}

/// The table after DELETE FROM, UPDATE, TRUNCATE or DROP TABLE, as it is written.
std::string touched_by(std::span<const Token> tokens, std::string_view sql) {
  bool drops = tokens[0].is("drop") && tokens.size() > 1 && tokens[1].is("table");
  if (!drops && !has(tokens.first(1), {"delete", "update", "truncate"})) return {};
  std::size_t at = 1;
  while (at < tokens.size() &&
         has(tokens.subspan(at, 1), {"from", "table", "only", "if", "exists"}))
    ++at;
  if (at == tokens.size()) return {};
  std::size_t last = at + 2 < tokens.size() && tokens[at + 1].is('.') ? at + 2 : at;
  return std::string(sql.substr(tokens[at].offset, tokens[last].end() - tokens[at].offset));
}

bool surely_reads(std::span<const Token> tokens, Engine engine) {
  const Token& first = tokens.front();
  bool query = first.is("select") || first.is("values") || first.is("with") ||
               first.is("explain") || (engine == Engine::postgresql && first.is("table"));
  return query && !has(tokens, {"insert", "update", "delete", "replace", "merge", "into", "analyze",
                                "create", "drop", "alter", "truncate", "execute"});
}

void require_reading(const TypedStatement& statement, Engine engine) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  bool copies = !tokens.empty() && tokens.front().is("copy");
  if (copies) throw DatabaseError("COPY can write files of the server: not when only reading");
  if (engine == Engine::turso && !statement.reads_only)
    throw DatabaseError("only reading: a libSQL server is sent SELECT, VALUES, WITH and EXPLAIN");
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

json::object run_one(DatabaseSession& session, const TypedStatement& statement,
                     const ConsoleOptions& options) {
  if (options.read_only) require_reading(statement, session.connection().engine());
  ReadOnlyTransaction guard(session, options.read_only);
  if (options.explain != Explain::nothing) return explain_one(session, statement, options.explain);
  json::object result{{"sql", statement.sql}};
  json::array rows;
  bool more = false;
  ResultSink sink;
  sink.head = [&](const std::vector<ResultColumn>& head) {
    result["columns"] = columns_json(head);
  };
  sink.row = [&](const ResultRow& row) {
    if (rows.size() >= options.most_rows) {
      more = true;
      return !statement.reads_only;  // one that writes runs to its end
    }
    json::array cells;
    for (std::size_t i = 0; i < row.values.size(); ++i)
      cells.push_back(cell_of(row.values[i], row.kinds[i], console_characters));
    rows.push_back(std::move(cells));
    return true;
  };
  ResultEnd end = session.read(statement.sql, {}, sink);
  if (end.returns_rows) result["rows"] = std::move(rows);
  if (!statement.reads_only) result["affected"] = end.affected;
  result["more"] = more;
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

/// A transaction that was left open would hold its locks while nobody works.
void end_open_transaction(DatabaseSession& session, std::span<const TypedStatement> statements) {
  bool began = std::ranges::any_of(statements, [](const TypedStatement& statement) {
    std::string word = lower(trim(statement.sql).substr(0, 5));
    return word == "begin" || word == "start";
  });
  if (!began) return;
  try {
    session.connection().execute("ROLLBACK");
  } catch (const DatabaseError&) {  // it was ended
  }
}

}  // namespace

std::vector<TypedStatement> read_statements(const std::string& text, Engine engine,
                                            Explain explain) {
  std::vector<TypedStatement> out;
  for (MigrationStatement& one : split_migration(text, "console", engine)) {
    std::vector<Token> tokens = tokenize(one.sql, engine);
    if (tokens.empty()) continue;
    TypedStatement typed{
        .sql = one.sql, .offset = one.offset, .reads_only = surely_reads(tokens, engine)};
    if (explain != Explain::plan) typed.danger = danger_of(tokens);
    if (!typed.danger.empty()) typed.touched = touched_by(tokens, one.sql);
    if (explain == Explain::analyze && typed.danger.empty() && !typed.reads_only)
      typed.danger = "is run to be measured, with all that it changes";
    out.push_back(std::move(typed));
  }
  return out;
}

std::vector<TypedStatement> statement_at(std::vector<TypedStatement> statements,
                                         std::size_t offset) {
  auto after = std::ranges::find_if(statements,
                                    [&](const TypedStatement& one) { return one.offset > offset; });
  if (statements.empty()) return statements;
  return {after == statements.begin() ? *after : *std::prev(after)};
}

void run_console(DatabaseSession& session, std::span<const TypedStatement> statements,
                 const ConsoleOptions& options, const std::function<void(json::object)>& done) {
  for (const TypedStatement& statement : statements) {
    auto start = std::chrono::steady_clock::now();
    bool failed = false;
    json::object result;
    try {
      result = run_one(session, statement, options);
    } catch (const DatabaseError& error) {
      result = error_json(statement.sql, error);
      failed = true;
      if (error.connection_lost) session.close();
    }
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    result["ms"] = took.count();
    json::array notices;
    if (!failed)
      for (std::string& notice : session.connection().take_notices())
        notices.push_back(json::string(valid_text(notice)));
    result["notices"] = std::move(notices);
    done(std::move(result));
    if (failed) break;
  }
  end_open_transaction(session, statements);
}

}  // namespace tidemark::studio
