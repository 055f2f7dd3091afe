#include "engine/purge.h"

#include "apply/history_table.h"
#include "engine/database.h"

namespace tidemark {
namespace {

PurgeReport work(Project& project, std::chrono::seconds age, bool dry_run) {
  Target target = open_target(project, dry_run ? Purpose::look : Purpose::correct);
  Connection& database = *target.connection;
  KeptTable list(HistoryTable(database.engine(), target.history), database.engine());
  PurgeReport report{.database = target.source, .removed = list.older_than(database, age)};
  if (dry_run || report.removed.empty()) return report;
  database.execute(database.engine() == Engine::postgresql ? "BEGIN" : "BEGIN IMMEDIATE");
  for (const KeptRows& kept : report.removed) list.remove(database, kept);
  commit(database);
  return report;
}

}  // namespace

PurgeReport purge(Project& project, std::chrono::seconds age, bool dry_run) {
  return on_database([&] { return work(project, age, dry_run); });
}

}  // namespace tidemark
