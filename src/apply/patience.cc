#include "apply/patience.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

#include "apply/alone.h"
#include "apply/sql_lexer.h"
#include "apply/token_reader.h"
#include "base/interruption.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

/// Between half and all of it, so that two who met once do not meet again.
Duration jitter(Duration longest) {
  static std::minstd_rand random(std::random_device{}());
  return longest * std::uniform_real_distribution<double>(0.5, 1)(random);
}

constexpr std::string_view session_text =
    "SELECT 'pid ' || pid || ' (' || concat_ws(', ', nullif(application_name, ''), usename, "
    "state) || ') since ' || to_char(xact_start, 'YYYY-MM-DD HH24:MI:SS') FROM ";

/// Whatever in a statement may be the name of a relation, a line each.
std::string names_in(std::string_view statement) {
  std::vector<std::string> names;
  std::vector<Token> tokens = tokenize(statement, Engine::postgresql);
  for (TokenReader reader(tokens, Engine::postgresql); !reader.done();) {
    Token::Kind kind = reader.rest()[0].kind;
    if (kind == Token::Kind::word || kind == Token::Kind::name)
      names.push_back(standard_sql(reader.path()));
    else
      reader.next();
  }
  return join(names, "\n");
}

/// Whether it may wait for who only reads.
bool takes_all(std::string_view statement) {
  std::vector<Token> tokens = tokenize(statement, Engine::postgresql);
  return std::ranges::none_of(
      std::array{"create", "insert", "update", "delete", "merge"},
      [&](const char* word) { return !tokens.empty() && tokens[0].is(word); });
}

std::vector<std::string> first_column(const Rows& rows) {
  std::vector<std::string> out;
  for (const std::vector<Value>& row : rows.rows)
    out.push_back(row[0].value_or("a session of another user"));
  return out;
}

}  // namespace

void Patience::operator()(const std::string& tag, const std::function<void()>& attempt) {
  auto start = std::chrono::steady_clock::now();
  for (int tries = 1;; ++tries) {
    statement_.clear();
    try {
      return attempt();
    } catch (const DatabaseError& error) {
      if (!is_passing(error)) throw;
      if (interrupted())
        throw Error(Fault::interrupted, fmt::format("interrupted while waiting to run {}", tag));
      waited_ = std::chrono::steady_clock::now() - start;
      if (deadline_.over())
        throw Error(Fault::locked, fmt::format("{} could not run: {} [{}]{}", tag, error.message,
                                               error.code, others()))
            .hint(
                "nothing of it is applied; run it again when the database is less busy, or give it "
                "longer with `--wait`");
      deadline_.sleep(tell(tag, error, tries));
    }
  }
}

/// Reports a try that failed, and returns how long to pause.
Duration Patience::tell(const std::string& tag, const DatabaseError& error, int tries) {
  if (database_.engine() == Engine::postgresql || error.connection_lost) {
    Duration delay = jitter(std::min(Duration(50 << std::min(tries, 6)), Duration(2000)));
    std::string who = error.code == "55P03" ? others() : "";
    events_(
        Retrying{tag, fmt::format("{} (attempt {}){}", error.message, tries, who), tries, delay});
    return delay;
  }
  events_(WaitingForLock{"another process writes to this database", waited_});
  return jitter(Duration(50));
}

/// The sessions that are in the way; where that cannot be told, those that may be.
std::string Patience::others() {
  if (database_.engine() != Engine::postgresql) return "";
  std::string out;
  for (const std::string& session : holders()) out += "\n  in use by " + session;
  if (out.empty())
    for (const std::string& session : open_transactions())
      out += "\n  open transaction: " + session;
  return out;
}

void Patience::foretell(const std::string& tag, const MigrationStatement& statement) {
  if (!waits_harmlessly(statement)) return;
  statement_ = statement.sql;
  // Shorter ones come and go all the time.
  std::vector<std::string> sessions =
      open_transactions("AND xact_start < now() - interval '1 second'");
  if (sessions.empty()) return;
  events_(Remark{tag, fmt::format("\"{}\" waits until these transactions have ended:\n  {}",
                                  statement.sql, join(sessions, "\n  "))});
}

/// Whoever holds a lock that may conflict on a table of the statement, or on one that is
/// tied to it: by a foreign key, an index or a partition.
std::vector<std::string> Patience::holders() const {
  std::array<Value, 2> values{names_in(statement_), takes_all(statement_) ? "true" : "false"};
  return first_column(database_.query(
      "WITH named AS (SELECT to_regclass(name)::oid AS it FROM unnest(string_to_array($1, "
      "chr(10))) AS name), tables AS (SELECT it FROM named UNION SELECT indrelid FROM named JOIN "
      "pg_catalog.pg_index ON indexrelid = it), relations AS (SELECT it FROM tables UNION SELECT "
      "confrelid FROM tables JOIN pg_catalog.pg_constraint ON conrelid = it AND contype = 'f' "
      "UNION "
      "SELECT conrelid FROM tables JOIN pg_catalog.pg_constraint ON confrelid = it AND contype = "
      "'f' UNION SELECT inhrelid FROM tables JOIN pg_catalog.pg_inherits ON inhparent = it UNION "
      "SELECT inhparent FROM tables JOIN pg_catalog.pg_inherits ON inhrelid = it) " +
          std::string(session_text) +
          "pg_catalog.pg_stat_activity a WHERE a.pid <> pg_backend_pid() AND EXISTS (SELECT FROM "
          "pg_catalog.pg_locks l JOIN relations ON l.relation = it WHERE l.pid = a.pid AND "
          "l.granted "
          "AND l.database = a.datid AND ($2::boolean OR l.mode NOT IN ('AccessShareLock', "
          "'RowShareLock'))) ORDER BY xact_start LIMIT 5",
      values));
}

std::vector<std::string> Patience::open_transactions(std::string_view and_only) const {
  return first_column(database_.query(
      std::string(session_text) +
      "pg_catalog.pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
      "AND xact_start IS NOT NULL " +
      std::string(and_only) + " ORDER BY xact_start LIMIT 5"));
}

bool is_passing(const DatabaseError& error) {
  static constexpr std::array codes{"55P03", "40P01", "40001"};
  return std::ranges::find(codes, error.code) != codes.end() ||
         error.code.starts_with("SQLITE_BUSY");
}

bool is_unique_violation(const DatabaseError& error) {
  return error.code == "23505" || error.code == "SQLITE_CONSTRAINT_UNIQUE";
}

}  // namespace tidemark
