// Where a database stands: its history compared with the folder, row by row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apply/history_table.h"
#include "apply/log_table.h"
#include "connect/connection.h"
#include "folder/migration_file.h"

namespace tidemark {

enum class MigrationState : std::uint8_t {
  applied,
  edited,        // applied, and the file was changed since
  pending,       // not applied, newer than everything that is
  late,          // not applied, though something newer is
  half_applied,  // stopped at a statement outside a transaction; `migrate` resumes
};
std::string_view state_name(MigrationState state);

struct MigrationStatus {
  MigrationFile migration;
  MigrationState state;
  std::optional<HistoryRow> row = {};  // for applied and edited ones
  std::optional<LogEntry> log = {};    // absent for what another tool applied
  /// It has no row, and nobody can tell whether it is applied all the same: see apply/late.h.
  bool undecided = false;

  bool by_another_tool() const { return row && !log; }
  /// Whether `migrate` would run it.
  bool to_apply() const {
    return state != MigrationState::applied && state != MigrationState::edited;
  }
};

struct Status {
  bool has_history = false;                      // the table exists
  std::vector<MigrationStatus> migrations = {};  // in the folder's order
  std::vector<HistoryRow> missing = {};          // rows that no file belongs to

  std::size_t count(MigrationState state) const;
  /// The tags of those of which nobody can tell whether they are applied.
  std::vector<std::string> undecided() const;
};

/// What to do about an edited file, a missing one, a late one where these are refused:
/// the words of `status` and `migrate`.
std::string_view edited_hint();
std::string_view missing_hint();
std::string_view late_hint();
std::string undecided_hint(const std::vector<std::string>& tags);

/// Reads only; a database without any history is a valid answer. Throws
/// Error(Fault::failed) when it cannot be read.
Status read_status(Connection& database, std::span<const MigrationFile> migrations,
                   const Path& history = default_history());

}  // namespace tidemark
