// Matching is a pure function of three lists, so that it can be tested without a
// database. The newest row alone decides nothing: every row and every file is
// looked at.
#include "apply/status.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "apply/failure.h"
#include "apply/late.h"
#include "apply/match.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

bool same_hash(const HistoryRow& row, const MigrationFile& file) {
  return row.hash == file.hash || (!file.hash_of_lines.empty() && row.hash == file.hash_of_lines);
}

/// Gives every migration the row that records it, each row to one migration only.
class Matcher {
 public:
  Matcher(std::span<const MigrationFile> files, const std::vector<HistoryRow>& rows)
      : files_(files), rows_(rows), row_of_(files.size(), none), used_(rows.size(), false) {
    // The surest sign first. Two files may share a time, and two may share a text.
    pair([](const HistoryRow& row, const MigrationFile& file) {
      return row.created_at == file.when && same_hash(row, file);
    });
    pair([](const HistoryRow& row, const MigrationFile& file) { return row.name == file.tag; });
    pair([](const HistoryRow& row, const MigrationFile& file) {
      return row.created_at == file.when;
    });
    pair(same_hash);
  }

  const HistoryRow* row(std::size_t file) const {
    return row_of_[file] == none ? nullptr : &rows_[row_of_[file]];
  }
  std::vector<HistoryRow> unused() const {
    std::vector<HistoryRow> out;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (!used_[i] && !repeats(rows_[i])) out.push_back(rows_[i]);
    return out;
  }

 private:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  /// Most folders match their rows in order, so the search starts where the last
  /// one ended.
  template <class Same>
  void pair(Same same) {
    std::size_t start = 0;
    for (std::size_t f = 0; f < files_.size(); ++f) {
      for (std::size_t i = 0; i < rows_.size() && row_of_[f] == none; ++i) {
        std::size_t r = (start + i) % rows_.size();
        if (used_[r] || !same(rows_[r], files_[f])) continue;
        row_of_[f] = r;
        used_[r] = true;
        start = r + 1;
      }
    }
  }

  /// A second row of a migration that has one: two runs of the peer at once.
  bool repeats(const HistoryRow& row) const {
    return std::ranges::any_of(files_, [&](const MigrationFile& file) {
      return row.created_at == file.when && same_hash(row, file);
    });
  }

  std::span<const MigrationFile> files_;
  const std::vector<HistoryRow>& rows_;
  std::vector<std::size_t> row_of_;
  std::vector<bool> used_;
};

/// What is known of the order in which things were applied here.
struct Applied {
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

  std::int64_t newest = never;             // of the history's rows
  std::int64_t told = never;               // the newest that did not run here
  std::int64_t taken_back = never;         // the newest of those that are no more
  std::optional<std::int64_t> began = {};  // the oldest that ran, here or by another tool
  bool ran = false;                        // a run of ours has looked at all that was old then
};

bool is_logged(const HistoryRow& row, const std::vector<LogEntry>& log) {
  return std::ranges::any_of(log, [&](const LogEntry& entry) {
    return entry.is_current() && entry.when == row.created_at && entry.hash == row.hash;
  });
}

Applied applied_by(const Status& status, const std::vector<LogEntry>& log) {
  Applied out;
  auto row = [&](const HistoryRow& it, bool runs_here, bool told) {
    std::int64_t when = it.created_at.value_or(Applied::never);
    out.newest = std::max(out.newest, when);
    if (!runs_here) out.told = std::max(out.told, when);
    if (!told) out.began = std::min(out.began.value_or(when), when);
  };
  for (const MigrationStatus& one : status.migrations)
    if (one.row) row(*one.row, one.log && !one.log->told, one.log && one.log->told);
  for (const HistoryRow& it : status.missing) row(it, is_logged(it, log), false);
  for (const LogEntry& entry : log) {
    out.ran |= !entry.told;
    if (!entry.told || entry.is_current()) continue;
    out.taken_back = std::max(out.taken_back, entry.when);
    out.told = std::max(out.told, entry.when);
  }
  return out;
}

/// Whether somebody who was not asked may have applied it: something newer did not run here,
/// and neither the log nor a history that was begun before it tells more.
bool may_be_applied(const MigrationStatus& status, const Applied& applied,
                    const std::vector<LogEntry>& log) {
  const MigrationFile& file = status.migration;
  if (status.state != MigrationState::late || file.when > applied.told) return false;
  if (std::ranges::find(log, file.tag, &LogEntry::tag) != log.end()) return false;
  return !applied.ran || !applied.began || *applied.began >= file.when;
}

/// `logged`: the log knows it, so what it does not tell to be applied is not.
MigrationState state_of(const MigrationStatus& status, const Applied& applied, bool logged) {
  const MigrationFile& file = status.migration;
  if (status.row)
    return same_hash(*status.row, file) ? MigrationState::applied : MigrationState::edited;
  if (status.log && status.log->state == "running") return MigrationState::half_applied;
  bool late = file.when <= applied.newest || (!logged && file.when < applied.taken_back);
  return late ? MigrationState::late : MigrationState::pending;
}

}  // namespace

std::string_view state_name(MigrationState state) {
  switch (state) {
    case MigrationState::applied:
      return "applied";
    case MigrationState::edited:
      return "edited";
    case MigrationState::pending:
      return "pending";
    case MigrationState::late:
      return "late";
    case MigrationState::half_applied:
      return "half-applied";
  }
  return "";
}

std::string_view edited_hint() {
  return "an applied migration does not run again: restore the file from version control, and put "
         "the change into a new migration; where the database has the change already, `tidemark "
         "repair --accept TAG`";
}

std::string_view missing_hint() {
  return "its file may be on another branch: restore it from version control; where it is gone for "
         "good, `tidemark repair --forget-missing`";
}

std::string_view late_hint() {
  return "`tidemark migrate --late apply` runs it now; `tidemark rebase` puts it after what is "
         "applied";
}

std::string undecided_hint(const std::vector<std::string>& tags) {
  return fmt::format(
      "where the database has what {0}: `tidemark repair --applied {1}`; where it lacks it: "
      "`tidemark repair --not-applied {2}`, then `tidemark migrate` runs {3}",
      tags.size() == 1 ? "it does" : "they do", join(tags, " --applied "),
      join(tags, " --not-applied "), tags.size() == 1 ? "it" : "them");
}

std::vector<std::string> Status::undecided() const {
  std::vector<std::string> tags;
  for (const MigrationStatus& one : migrations)
    if (one.undecided) tags.push_back(one.migration.tag);
  return tags;
}

std::size_t Status::count(MigrationState state) const {
  return static_cast<std::size_t>(std::ranges::count(migrations, state, &MigrationStatus::state));
}

Status match_history(std::span<const MigrationFile> files, const std::vector<HistoryRow>& rows,
                     const std::vector<LogEntry>& log) {
  Status status;
  Matcher matcher(files, rows);
  status.missing = matcher.unused();
  for (std::size_t i = 0; i < files.size(); ++i) {
    MigrationStatus one{.migration = files[i], .state = MigrationState::pending};
    if (const HistoryRow* row = matcher.row(i)) one.row = *row;
    auto entry = std::ranges::find_if(
        log, [&](const LogEntry& it) { return it.is_current() && it.tag == files[i].tag; });
    if (entry != log.end()) one.log = *entry;
    status.migrations.push_back(std::move(one));
  }
  Applied applied = applied_by(status, log);
  for (MigrationStatus& one : status.migrations) {
    const bool logged = std::ranges::find(log, one.migration.tag, &LogEntry::tag) != log.end();
    one.state = state_of(one, applied, logged);
    one.undecided = may_be_applied(one, applied, log);
  }
  return status;
}

Status look_at_history(Connection& database, std::span<const MigrationFile> migrations,
                       const Path& history) {
  HistoryTable table(database.engine(), history);
  LogTable log(table, database.engine(), "");
  const std::array<Command, 2> looks{log.look_for_columns(), table.look_for_columns()};
  std::vector<Rows> columns = database.query_all(looks);
  // The log first: both rows of a migration are committed together, so one that is
  // in the log now is in the history a moment later, unless somebody deleted it.
  std::vector<Command> queries;
  std::optional<Command> entries = log.look_for_entries(columns[0]);
  std::optional<Command> rows = table.look_for_rows(columns[1]);
  for (const std::optional<Command>& one : {entries, rows})
    if (one) queries.push_back(*one);
  std::vector<Rows> found = queries.empty() ? std::vector<Rows>{} : database.query_all(queries);
  Status status =
      match_history(migrations, rows ? table.rows_of(found.back()) : std::vector<HistoryRow>{},
                    entries ? LogTable::entries_of(found.front()) : std::vector<LogEntry>{});
  status.has_history = rows.has_value();
  rule_out_undecided(database, status);
  return status;
}

Status read_status(Connection& database, std::span<const MigrationFile> migrations,
                   const Path& history) {
  try {
    return look_at_history(database, migrations, history);
  } catch (const DatabaseError& error) {
    throw look_failed("cannot read the migration history", error,
                      "check that this user may read the history table, and that its name in the "
                      "configuration is right");
  }
}

}  // namespace tidemark
