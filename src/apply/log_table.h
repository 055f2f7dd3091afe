// Our own log, beside the shared history: what ran, when, how long, by whom, and
// whether it finished. Its unique row for each migration, inserted first in the
// migration's transaction, is what makes a migration run exactly once: whoever
// comes second waits for that row and then finds it taken.
//
// Columns and meaning are described in docs/formats.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apply/history_table.h"
#include "connect/connection.h"
#include "folder/migration_file.h"

namespace tidemark {

/// What the log knows about one migration.
struct LogEntry {
  std::string tag, hash;
  std::int64_t when = 0;
  std::string state;  // "applied", "running"; once "rolled back", "lost", "not applied"
  std::size_t done = 0, statements = 0;
  std::string started_at, finished_at, took_ms, run_by, version, error;
  bool told = false;  // it did not run here: `repair` said so, or another tool had applied it

  /// Whether it says how things are, and not how they were once.
  bool is_current() const { return state == "applied" || state == "running"; }
};

/// What it knows about one statement of a migration that is still "running".
struct LoggedStatement {
  std::size_t number = 0;
  std::string hash;
  bool finished = false;
};

/// A statement outside a transaction that an earlier run began and did not finish.
struct UnfinishedStatement {
  std::size_t number = 0;
  std::string hash;
  bool refused = false;  // by the server; else nobody knows how it ended
  std::string before;    // see `begin_alone`
};

/// A statement that ran, to be recorded.
struct FinishedStatement {
  std::size_t number;  // from 1
  const std::string* sql;
  double ago_ms;  // when it started, before now
  double took_ms;
};

/// A migration that counts as applied no longer. Where another tool had applied it, that is
/// noted: what is older than it may be applied as well.
struct TakenBack {
  std::string tag, hash;
  std::optional<std::int64_t> when;  // of its history row; none: it had none
};

class LogTable {
 public:
  LogTable(const HistoryTable& history, Engine engine, std::string version);

  /// Every run of every migration, oldest first, in two steps: what columns there are, and
  /// then, where there are any, the rows; without them we never migrated here.
  Command look_for_columns() const;
  std::optional<Command> look_for_entries(const Rows& columns) const;
  static std::vector<LogEntry> entries_of(const Rows& found);
  std::vector<LogEntry> read_all(Connection& database) const;
  std::vector<LoggedStatement> read_statements(Connection& database, const std::string& tag) const;
  void create(Connection& database) const;

  /// The rows of a migration that ran in one transaction, and of its statements. A
  /// unique violation means that another run has applied it.
  std::vector<Command> applied(const MigrationFile& migration, double took_ms,
                               std::span<const FinishedStatement> statements) const;
  /// Takes a migration of several parts for this run: the same row, "running". A
  /// unique violation means that another run has it.
  Command claim(const MigrationFile& migration, std::size_t statements) const;
  /// Whether it is applied, or being applied in parts: then there is a row.
  Command look_for(const std::string& tag) const;
  bool has(Connection& database, const std::string& tag) const;
  /// How many statements are done, while other runs are kept from changing it;
  /// nothing when the migration is not half applied. In a transaction.
  std::optional<std::size_t> hold(Connection& database, const std::string& tag) const;
  /// An entry whose history row somebody deleted, so that the migration runs again.
  Command forget(const MigrationFile& migration) const;

  /// What a migration did to the catalog, beside its row.
  Command record_catalog(const std::string& tag, const std::string& changes) const;
  /// The same in two commands around the statements, where nobody can look between them:
  /// the server keeps what it has, and then what differs.
  Command keep_catalog(const std::string& tag) const;
  Command record_catalog_since(const std::string& tag) const;
  /// Empty when nothing was recorded.
  std::string read_catalog(Connection& database, const std::string& tag) const;
  /// The migration was taken back by its statements, or is said not to be applied: it may
  /// run again.
  std::vector<Command> rolled_back(const TakenBack& migration) const;
  std::vector<Command> not_applied(const TakenBack& migration) const;
  /// It is said to be applied, and did not run here.
  Command said_applied(const MigrationFile& migration) const;

  /// Statements that are committed together with this command.
  std::vector<Command> record(const MigrationFile& migration,
                              std::span<const FinishedStatement> statements) const;
  /// After each statement, by the server's clock.
  Command ran(const std::string& tag, std::size_t number, const std::string& sql) const;
  /// A statement outside a transaction: before it, with what is there that its outcome can
  /// be told from, and after it.
  Command begin_alone(const std::string& tag, std::size_t number, const std::string& sql,
                      const std::string& before) const;
  Command end_alone(const std::string& tag, std::size_t number, double took_ms) const;

  /// How far a migration of several parts has come.
  Command progress(const std::string& tag, std::size_t done) const;
  /// The server has refused what was to come next.
  Command fail(const std::string& tag, const std::string& error) const;
  /// What was begun and did not end, and has left something or nobody knows; and that
  /// this is settled.
  std::vector<UnfinishedStatement> read_unfinished(Connection& database,
                                                   const std::string& tag) const;
  Command settle_unfinished(const std::string& tag) const;
  /// It took as long as its statements, whichever runs they were in; without one, `took_ms`.
  Command finish(const std::string& tag, std::size_t statements, double took_ms) const;
  Command finish(const std::string& tag, std::size_t statements) const;  // by the server's clock

 private:
  struct Row;
  std::vector<Command> take_back(const TakenBack& migration, const char* state) const;
  std::vector<Command> insert(const MigrationFile& migration, std::span<const Row> rows) const;

  Engine engine_;
  Path path_;
  std::string history_;
  std::string version_;
  std::string run_by_;
};

}  // namespace tidemark
