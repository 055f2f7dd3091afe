#include "engine/status.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/database.h"
#include "engine/drift.h"

namespace tidemark {

namespace {

/// Nothing for who may read the history only.
std::vector<KeptRows> kept_in(const Target& target) {
  Connection& database = *target.connection;
  try {
    return KeptTable(HistoryTable(database.engine(), target.history), database.engine())
        .read(database);
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    return {};
  }
}

}  // namespace

bool StatusReport::up_to_date() const {
  return status.missing.empty() &&
         std::ranges::all_of(status.migrations, [](const MigrationStatus& migration) {
           return migration.state == MigrationState::applied;
         });
}

StatusReport status_of(Project& project) {
  Target target = open_target(project, Purpose::look);
  StatusReport report{.database = target.source,
                      .folder = project.out(),
                      .config_file = project.config().file,
                      .status = read_status(*target.connection, target.migrations, target.history)};
  Connection& database = *target.connection;
  on_database([&] {
    report.log = LogTable(HistoryTable(database.engine(), target.history), database.engine(), "")
                     .read_all(database);
  });
  report.kept = kept_in(target);
  report.drift = drifted_statements(project, target, report.status);
  return report;
}

std::string remark_on(const MigrationStatus& migration, bool refuses_late) {
  const std::optional<LogEntry>& log = migration.log;
  switch (migration.state) {
    case MigrationState::edited:
      return "the file was changed after it was applied";
    case MigrationState::late:
      if (migration.undecided) return "newer ones are applied already, maybe this one too";
      return fmt::format("newer ones are applied already; migrate {} it",
                         refuses_late ? "refuses" : "applies");
    case MigrationState::half_applied:
      return fmt::format("stopped after {} of {} statements; migrate resumes it", log->done,
                         log->statements);
    case MigrationState::applied:
      return log ? log->finished_at : "by another tool";
    case MigrationState::pending:
      break;
  }
  return {};
}

std::string help_for(const MigrationStatus& migration, bool refuses_late) {
  switch (migration.state) {
    case MigrationState::edited:
      return std::string(edited_hint());
    case MigrationState::late:
      if (migration.undecided) return undecided_hint({migration.migration.tag});
      return refuses_late ? std::string(late_hint()) : "";
    case MigrationState::half_applied:
      return fmt::format(
          "`tidemark migrate` goes on where it stopped; `tidemark repair --undo {}` takes back "
          "what it did",
          migration.migration.tag);
    case MigrationState::applied:
    case MigrationState::pending:
      break;
  }
  return {};
}

}  // namespace tidemark
