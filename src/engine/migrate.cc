#include "engine/migrate.h"

#include <fmt/format.h>

#include "apply/late.h"
#include "apply/taken_for_indexes.h"
#include "base/interruption.h"
#include "engine/database.h"

namespace tidemark {

std::size_t migrate_database(Project& project, MigrateOptions options, const EventSink& events) {
  catch_interruption();
  Target target = open_target(project, Purpose::write);
  options.history = target.history;
  return migrate(*target.connection, target.migrations, options, events);
}

namespace {

/// As the database is now: of a later one it is known when those before it have run.
std::vector<Remark> remarks_on_run(Connection& database, const MigrationFile& file) {
  auto fitted = with_constraints_as_indexes(database, make_script(file, database.engine()));
  return fitted ? std::move(fitted->remarks) : std::vector<Remark>{};
}

}  // namespace

DryRun dry_run(Project& project, const MigrateOptions& options) {
  Target target = open_target(project, Purpose::look);
  Status status = read_status(*target.connection, target.migrations, target.history);
  require_allowed(status, options);
  require_decided(status, HistoryTable(target.connection->engine(), target.history));
  DryRun result{.database = target.source.url.shown, .pending = {}, .remarks = remarks_on(status)};
  for (MigrationStatus& migration : status.migrations) {
    if (!migration.to_apply()) continue;
    for (Remark& remark : remarks_on_run(*target.connection, migration.migration))
      result.remarks.push_back(std::move(remark));
    result.pending.push_back(std::move(migration.migration));
    if (result.pending.back().tag == options.to) return result;
  }
  return result;
}

}  // namespace tidemark
