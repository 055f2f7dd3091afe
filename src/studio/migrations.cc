#include "studio/migrations.h"

#include <algorithm>

#include "diff/diff.h"
#include "engine/database.h"
#include "engine/drift.h"
#include "engine/measured_impact.h"
#include "engine/migrate.h"
#include "engine/migration_step.h"
#include "engine/rehearsal_events.h"
#include "engine/rollback.h"
#include "engine/status.h"
#include "folder/folder.h"
#include "plan/planner.h"
#include "studio/step_diagram.h"
#include "tidemark/change.h"

namespace tidemark::studio {
namespace {

json::array findings_json(const Plan& plan) {
  json::array out;
  for (const Statement& statement : plan.statements)
    for (const Finding& finding : statement.findings)
      out.push_back(json::object{{"hazard", hazard_name(finding.hazard)},
                                 {"code", finding.code},
                                 {"text", finding.message}});
  return out;
}

json::array plan_json(const Plan& plan) {
  json::array out;
  for (const Statement& statement : plan.statements) {
    json::array findings = findings_json({{statement}});
    out.push_back(json::object{{"sql", statement.sql},
                               {"why", statement.why},
                               {"lock", statement.lock},
                               {"findings", std::move(findings)}});
  }
  return out;
}

/// What a migration may break, by its snapshots; nothing where the folder lacks them.
json::array findings_of(const Folder& folder, const MigrationFile& file) {
  std::optional<MigrationStep> step = step_of(folder, file);
  if (!step) return {};
  KnownRenames renames(step->renames);
  return findings_json(make_plan(diff(step->before, step->after, renames), step->after));
}

/// What a pending one means for the rows that are there now.
json::array impacts_of(const Folder& folder, const MigrationFile& file, Connection& database) {
  json::array out;
  for (const MeasuredImpact& one : measured_impacts(folder, file, database))
    out.push_back(json::object{{"hazard", hazard_name(one.impact.hazard)},
                               {"text", "it " + impact_text(one)}});
  return out;
}

json::object migration_json(const Folder& folder, const MigrationStatus& one, bool refuses_late) {
  json::object out{{"tag", one.migration.tag},
                   {"state", state_name(one.state)},
                   {"remark", remark_on(one, refuses_late)},
                   {"help", help_for(one, refuses_late)},
                   {"when", one.migration.when},
                   {"sql", one.migration.sql}};
  if (one.log) {
    out["startedAt"] = one.log->started_at;
    out["finishedAt"] = one.log->finished_at;
    out["tookMs"] = one.log->took_ms;
    out["by"] = one.log->run_by;
    out["version"] = one.log->version;
    out["statements"] = one.log->statements;
    out["done"] = one.log->done;
    out["error"] = one.log->error;
  }
  auto back = read_way_back(folder, one.migration.tag);
  out["wayBack"] = back ? json::value(json::string(*back)) : json::value(nullptr);
  try {
    out["findings"] = findings_of(folder, one.migration);
  } catch (const Error& error) {
    out["findings"] = json::array();
    out["findingsError"] = error.message();
  }
  return out;
}

/// Counted in the database as it is now.
void add_impacts(Project& project, const Folder& folder,
                 std::span<const MigrationStatus> migrations, json::array& out) {
  on_database([&] {
    Target target = open_target(project, Purpose::look);
    for (std::size_t i = 0; i < migrations.size(); ++i)
      if (migrations[i].to_apply())
        out[i].as_object()["impacts"] =
            impacts_of(folder, migrations[i].migration, *target.connection);
  });
}

json::value difference_json(const std::optional<Difference>& difference) {
  if (!difference) return nullptr;
  json::array undecided;
  for (const Undecided& one : difference->undecided)
    undecided.push_back(json::object{{"what", one.what},
                                     {"object", one.object.text()},
                                     {"table", one.table.name.text()},
                                     {"live", one.live},
                                     {"wanted", one.wanted}});
  json::object diagram = step_diagram({.before = difference->wanted, .after = difference->live});
  return json::object{{"statements", plan_json(difference->closing)},
                      {"undecided", std::move(undecided)},
                      {"diagram", std::move(diagram)}};
}

std::vector<std::string> pending_tags(Project& project) {
  Target target = open_target(project, Purpose::look);
  std::vector<std::string> tags;
  for (const MigrationStatus& one :
       read_status(*target.connection, target.migrations, target.history).migrations)
    if (one.to_apply()) tags.push_back(one.migration.tag);
  return tags;
}

}  // namespace

json::object timeline(Project& project) {
  StatusReport report = status_of(project);
  Folder folder = open_folder(project.out(), project.config().engine);
  json::array migrations, missing;
  for (const MigrationStatus& one : report.status.migrations)
    migrations.push_back(migration_json(folder, one, project.config().refuses_late));
  if (!report.up_to_date()) add_impacts(project, folder, report.status.migrations, migrations);
  for (const HistoryRow& row : report.status.missing)
    missing.push_back(json::object{{"hash", row.hash}, {"name", row.name}});
  json::object out{{"folder", project.shown(report.folder)},
                   {"migrations", std::move(migrations)},
                   {"missing", std::move(missing)},
                   {"missingHelp", missing_hint()},
                   {"upToDate", report.up_to_date()}};
  out["drift"] = report.drift ? json::value(*report.drift) : json::value(nullptr);
  return out;
}

json::object step_json(Project& project, const std::string& tag) {
  Folder folder = open_folder(project.out(), project.config().engine);
  std::vector<MigrationFile> files = read_migrations(folder);
  auto file = std::ranges::find(files, tag, &MigrationFile::tag);
  if (file == files.end()) throw Error(Fault::usage, "there is no migration " + tag);
  std::optional<MigrationStep> step = step_of(folder, *file);
  if (!step)
    throw Error(Fault::failed, "the folder has no snapshots of " + tag)
        .hint("Only migrations that `generate` wrote have them.");
  json::object out = step_diagram(*step);
  out["earlier"] = file == files.begin() ? "" : std::prev(file)->tag;
  out["later"] = std::next(file) == files.end() ? "" : std::next(file)->tag;
  return out;
}

json::object drift_json(Project& project) {
  DriftReport report = drift_of(project);
  return {{"tag", report.tag},
          {"pending", report.pending},
          {"folder", difference_json(report.folder)},
          {"schema", difference_json(report.schema)}};
}

json::object event_json(const Event& event) {
  using Fields = json::object;
  return std::visit(
      match{
          [](const RunStarted& it) {
            return Fields{{"event", "started"}, {"pending", it.pending}};
          },
          [](const WaitingForLock& it) {
            return Fields{
                {"event", "waiting"}, {"holder", it.holder}, {"waitedMs", it.waited.count()}};
          },
          [](const MigrationStarted& it) {
            return Fields{{"event", "migration"}, {"tag", it.tag}, {"statements", it.statements}};
          },
          [](const StatementRunning& it) {
            return Fields{{"event", "running"},
                          {"tag", it.tag},
                          {"number", it.number},
                          {"of", it.of},
                          {"runningMs", it.running.count()}};
          },
          [](const StatementDone& it) {
            return Fields{{"event", "statement"}, {"tag", it.tag}, {"number", it.number},
                          {"of", it.of},          {"sql", it.sql}, {"tookMs", it.took.count()}};
          },
          [](const Retrying& it) {
            return Fields{{"event", "retrying"},
                          {"tag", it.tag},
                          {"reason", it.reason},
                          {"attempt", it.attempt}};
          },
          [](const MigrationDone& it) {
            return Fields{{"event", "done"},
                          {"tag", it.tag},
                          {"statements", it.statements},
                          {"tookMs", it.took.count()}};
          },
          [](const Remark& it) {
            return Fields{
                {"event", "remark"}, {"tag", it.tag}, {"text", it.text}, {"hint", it.hint}};
          },
          [](const RunFinished& it) {
            return Fields{
                {"event", "finished"}, {"applied", it.applied}, {"tookMs", it.took.count()}};
          },
          [](const RowsKept& it) {
            return Fields{{"event", "kept"}, {"tag", it.tag}, {"what", it.what}, {"rows", it.rows}};
          },
          [](const PutBack& it) {
            return Fields{
                {"event", "put_back"}, {"tag", it.tag}, {"what", it.what}, {"rows", it.rows}};
          },
          [](const RolledBack& it) {
            return Fields{{"event", "rolled_back"}, {"tag", it.tag}, {"tookMs", it.took.count()}};
          },
          [](const RollbackFinished& it) {
            return Fields{{"event", "rollback_finished"}, {"rolledBack", it.rolled_back}};
          },
      },
      event);
}

json::object rollback_preview(Project& project, std::size_t count) {
  Rollback rollback(project, {.count = count});
  json::array ways;
  for (const FoundWayBack& found : rollback.plan().ways) {
    json::array losses;
    for (const Consent& one : found.consents)
      losses.push_back(json::object{{"hazard", hazard_name(one.hazard)}, {"text", one.text}});
    ways.push_back(json::object{{"tag", found.way.tag},
                                {"sql", found.way.file.sql},
                                {"derived", found.way.derived},
                                {"proof", found.proof},
                                {"losses", std::move(losses)}});
  }
  return {{"ways", std::move(ways)}};
}

void run_rehearse(Project& project, const std::function<void(const json::object&)>& tell) {
  auto pass_on = [&](RehearsalEvent event) {
    event.fields["event"] = event.name;
    tell(event.fields);
  };
  auto warn = [&](const std::string& text) {
    tell({{"event", "remark"}, {"tag", ""}, {"text", text}, {"hint", ""}});
  };
  Rehearsal report = rehearse(
      project, {}, [&](const CopyStep& step) { pass_on(event_of(step)); }, warn);
  for (const RehearsedMigration& migration : report.migrations)
    for (RehearsalEvent& event : events_of(migration)) pass_on(std::move(event));
  pass_on(event_of(report));
  if (report.error) throw Error(*report.error);
}

void run_migrate(Project& project, const std::vector<std::string>& tags, const std::string& version,
                 const EventSink& events) {
  if (pending_tags(project) != tags)
    throw Error(Fault::failed, "other migrations are pending by now")
        .hint("Look at the timeline again; nothing was run.");
  MigrateOptions options;
  options.version = version;
  options.keep_rows = project.config().keep_rows.value_or(rows_kept);
  migrate_database(project, options, events);
}

void run_rollback(Project& project, const std::vector<std::string>& tags, const EventSink& events) {
  Rollback rollback(project, {.count = tags.size()});
  std::vector<std::string> found;
  for (const FoundWayBack& way : rollback.plan().ways) found.push_back(way.way.tag);
  if (found != tags)
    throw Error(Fault::failed, "the migrations that are applied have changed meanwhile")
        .hint("Look at the timeline again; nothing was rolled back.");
  rollback.apply({}, events);
}

}  // namespace tidemark::studio
