// Where a database stands: its history compared with the folder, row by row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apply/migration.h"
#include "connect/connection.h"

namespace tidemark {

/// A row of the shared history table.
struct HistoryRow {
  std::string hash;
  std::optional<std::int64_t> created_at = {};
  std::string name = {};  // only in the table of Drizzle's version 1
};

/// What our log knows about one migration.
struct LogEntry {
  std::string tag, hash;
  std::int64_t when = 0;
  std::string state;  // "applied", "running"
  std::size_t done = 0, statements = 0;
  std::string started_at, finished_at, took_ms, run_by, version, error;
};

enum class MigrationState : std::uint8_t {
  applied,
  edited,        // applied, and the file was changed since
  pending,       // not applied, newer than everything that is
  late,          // not applied, though something newer is
  half_applied,  // stopped at a statement outside a transaction; `migrate` resumes
};
std::string_view state_name(MigrationState state);

struct MigrationStatus {
  Migration migration;
  MigrationState state;
  std::optional<HistoryRow> row = {};  // for applied and edited ones
  std::optional<LogEntry> log = {};    // absent for what another tool applied
};

struct Status {
  bool has_history = false;                      // the table exists
  bool has_log = false;                          // we have migrated this database before
  std::vector<MigrationStatus> migrations = {};  // in the folder's order
  std::vector<HistoryRow> missing = {};          // rows that no file belongs to

  std::size_t count(MigrationState state) const;
  /// Those that `migrate` would run.
  std::vector<MigrationStatus> to_apply() const;
};

/// Reads only; a database without any history is a valid answer.
Status read_status(Connection& database, std::span<const Migration> migrations,
                   const Path& history = default_history());

}  // namespace tidemark
