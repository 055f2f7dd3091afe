#include "engine/rehearse.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "apply/migrate.h"
#include "base/interruption.h"
#include "connect/connect.h"
#include "engine/database.h"
#include "engine/postgres_backup.h"
#include "engine/scratch_database.h"
#include "source/live/scope.h"

namespace tidemark {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

/// The tables by the names that the database itself writes.
Rows tables_of(Connection& database) {
  if (database.engine() == Engine::postgresql)
    return database.query(
        "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN "
        "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT "
        "c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' "
        "AND c.relname NOT LIKE '\\_\\_tidemark%' AND c.relname NOT LIKE '\\_\\_drizzle%'");
  return database.query(
      "SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM sqlite_schema WHERE type = 'table' "
      "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'libsql\\_tidemark%' ESCAPE "
      "'\\' "
      "AND name NOT LIKE '\\_\\_drizzle%' ESCAPE '\\'");
}

Counts count_rows(Connection& database) {
  Counts counts;
  for (const auto& row : tables_of(database).rows) {
    std::string table = row[0].value_or("");
    Rows count = database.query("SELECT count(*) FROM " + table);
    std::erase(table, '"');
    counts[table] = std::stoull(count.rows[0][0].value_or("0"));
  }
  return counts;
}

/// Builds the report from what the run tells.
class Recorder {
 public:
  Recorder(Rehearsal& report, Connection& database, WatchedConnection& watched)
      : report_(report), database_(database), watched_(watched), counts_(count_rows(database)) {}

  void operator()(const Event& event) {
    if (const auto* started = std::get_if<MigrationStarted>(&event))
      report_.migrations.push_back({.tag = started->tag});
    if (const auto* retry = std::get_if<Retrying>(&event); retry && !report_.migrations.empty())
      report_.migrations.back().statements.clear();
    if (const auto* done = std::get_if<StatementDone>(&event)) statement(*done);
    if (const auto* done = std::get_if<MigrationDone>(&event)) migration(*done);
  }

 private:
  void statement(const StatementDone& done) {
    Observation seen = watched_.take().value_or(Observation{.took_ms = done.took.count()});
    report_.migrations.back().statements.push_back({done.number, done.sql, std::move(seen)});
  }

  void migration(const MigrationDone& done) {
    RehearsedMigration& it = report_.migrations.back();
    it.applied = true;
    for (const RehearsedStatement& one : it.statements) it.took_ms += one.seen.took_ms;
    static_cast<void>(done);
    Counts now = count_rows(database_);
    for (const auto& [table, before] : counts_)
      if (!now.contains(table) || now[table] != before) it.rows[table].before = before;
    for (const auto& [table, after] : now)
      if (!counts_.contains(table) || counts_[table] != after) it.rows[table].after = after;
    counts_ = std::move(now);
  }

  Rehearsal& report_;
  Connection& database_;
  WatchedConnection& watched_;
  Counts counts_;
};

/// A database stops at the first row that does not fit; here is all that would have stopped it.
void find_obstacles(const Folder& folder, Target& target, RehearsedMigration& failed) {
  auto file = std::ranges::find(target.migrations, failed.tag, &MigrationFile::tag);
  if (failed.applied || file == target.migrations.end()) return;
  failed.obstacles = measured_impacts(folder, *file, *target.connection);
  std::erase_if(failed.obstacles, [](const MeasuredImpact& one) {
    return one.impact.hazard != Hazard::may_fail_on_data || !one.count;
  });
}

void run_forward(const Folder& folder, Target& target, Rehearsal& report) {
  WatchedConnection watched(*target.connection);
  Recorder recorder(report, *target.connection, watched);
  MigrateOptions options{.history = target.history, .statements_in_request = 1};
  try {
    migrate(watched, target.migrations, options, [&](const Event& event) { recorder(event); });
  } catch (const Error& error) {
    if (error.fault() == Fault::interrupted || error.fault() == Fault::bug) throw;
    report.error = error;
    if (!report.migrations.empty()) find_obstacles(folder, target, report.migrations.back());
  }
}

RehearsedReturn take_back(const Folder& folder, Target& target, const LiveScope& scope,
                          const MigrationStatus& migration) {
  RehearsedReturn back{.proof = "none"};
  try {
    FoundWayBack found = find_way_back(folder, target, scope, migration);
    back.proof = found.proof;
    back.losses = std::move(found.consents);
    roll_back(*target.connection, {&found.way, 1}, {.history = target.history},
              [](const Event&) {});
  } catch (const Error& error) {
    if (error.fault() == Fault::interrupted || error.fault() == Fault::bug) throw;
    back.error = error;
  }
  return back;
}

/// Newest first, up to the first whose way back fails: those before it cannot be tried.
void run_back(const Folder& folder, Project& project, Target& target, Rehearsal& report) {
  LiveScope scope = live_scope(project.config());
  for (RehearsedMigration& one : std::views::reverse(report.migrations)) {
    if (!one.applied) continue;
    Status status = read_status(*target.connection, target.migrations, target.history);
    auto found = std::ranges::find(status.migrations, one.tag,
                                   [](const MigrationStatus& each) { return each.migration.tag; });
    if (found == status.migrations.end()) return;
    one.back = take_back(folder, target, scope, *found);
    if (one.back->error) return;
  }
}

DatabaseUrl copy_named(const std::string& on, const DatabaseSource& configured, Project& project) {
  DatabaseUrl url = with_token(parse_database_url(on), project.config().credentials.auth_token);
  project.add_token(url);
  require_same_engine(project.config(), {url, "--on"});
  if (url.path == configured.url.path && url.settings == configured.url.settings)
    throw Error(Fault::usage, "--on names the configured database itself")
        .hint("Name a copy of it, or leave --on out: then one is made and removed again.");
  return url;
}

std::optional<SampleSize> sample_of(const RehearsalRequest& request, const Target& target) {
  if (request.sample == 0) return std::nullopt;
  if (target.connection->engine() != Engine::postgresql)
    throw Error(Fault::usage, "--sample is for PostgreSQL")
        .hint("Leave it out: a copy of a SQLite file or a branch on Turso is made quickly.");
  return SampleSize{.rows = request.sample, .history = target.history};
}

}  // namespace

bool Rehearsal::passed() const {
  return !error && std::ranges::none_of(migrations, [](const RehearsedMigration& one) {
    return one.back && one.back->error;
  });
}

Rehearsal rehearse(Project& project, const RehearsalRequest& request, const CopySink& progress,
                   const WarningSink& warn) {
  catch_interruption();
  Target target = open_target(project, Purpose::look);
  std::optional<SampleSize> sample = sample_of(request, target);
  Rehearsal report{.database = target.source.url.shown};
  bool pending = on_database([&] {
    Status status = read_status(*target.connection, target.migrations, target.history);
    return std::ranges::any_of(status.migrations, &MigrationStatus::to_apply);
  });
  target.connection.reset();  // a template must not be in use
  if (!pending) return report;
  std::optional<ScratchDatabase> scratch;
  if (request.on.empty())
    scratch.emplace(target.source.url, turso_account(project.environment()), sample, progress,
                    warn);
  DatabaseUrl copy = scratch ? scratch->url() : copy_named(request.on, target.source, project);
  report.how = scratch ? scratch->how() : "the copy that --on names";
  on_database([&] {
    if (!scratch && copy.engine() == Engine::postgresql && postgres_is_empty(copy))
      report.how = fill_by_dump(target.source.url, copy, sample, progress) +
                   ", into the empty database that --on names";
    else if (!scratch && sample)
      throw Error(Fault::usage,
                  "--sample fills a database, and the one that --on names is not empty")
          .hint("Name an empty one, or leave --sample out.");
    target.source.url = copy;
    target.connection = connect(target.source.url);
    Folder folder = open_folder(project.out(), project.config().engine);
    run_forward(folder, target, report);
    run_back(folder, project, target, report);
  });
  target.connection.reset();
  return report;
}

}  // namespace tidemark
