#include "engine/status.h"

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

}  // namespace tidemark
