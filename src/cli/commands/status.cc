#include "engine/status.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  bool exit_code = false, history = false;
};

std::string marked(const Console& console, MigrationState state) {
  std::string word = fmt::format("{:<12}", state_name(state));
  if (state == MigrationState::applied) return console.green(word);
  return state == MigrationState::pending ? console.blue(word) : console.yellow(word);
}

void show_migration(Console& console, const MigrationStatus& migration, bool refuses_late) {
  const std::string& tag = migration.migration.tag;
  json::object fields{{"tag", tag}, {"state", state_name(migration.state)}};
  if (migration.log && !migration.log->finished_at.empty())
    fields["applied_at"] = migration.log->finished_at;
  if (migration.by_another_tool()) fields["by"] = "another tool";
  if (migration.undecided) fields["undecided"] = true;
  console.event("migration", std::move(fields));
  std::string note = remark_on(migration, refuses_late);
  console.say(fmt::format("  {} {}{}", marked(console, migration.state), tag,
                          note.empty() ? "" : console.dim("   " + note)));
}

void show_run(Console& console, const LogEntry& log) {
  console.event("log", {{"tag", log.tag},
                        {"state", log.state},
                        {"started_at", log.started_at},
                        {"finished_at", log.finished_at},
                        {"took_ms", log.took_ms},
                        {"run_by", log.run_by},
                        {"version", log.version},
                        {"statements", log.statements},
                        {"done", log.done},
                        {"told", log.told},
                        {"error", log.error}});
  std::string since = log.state == "applied" ? "" : ", " + log.state;
  std::string ran = fmt::format("{} statements, {} ms, by", log.done, log.took_ms);
  if (log.told) ran = log.state == "applied" ? "said to be applied, by" : "did not run here, by";
  console.say(fmt::format("  {:<25} {:<40} {} {}{}", log.started_at, log.tag, ran, log.run_by,
                          console.yellow(since)));
  if (!log.error.empty()) console.say("    " + console.red(log.error));
}

void show_history(Console& console, const StatusReport& report) {
  for (const MigrationStatus& migration : report.status.migrations)
    if (migration.by_another_tool())
      console.say(fmt::format("  {:<25} {:<40} by another tool", "", migration.migration.tag));
  for (const LogEntry& log : report.log) show_run(console, log);
}

std::string summary(const Status& status) {
  std::vector<std::string> parts;
  for (MigrationState state :
       {MigrationState::applied, MigrationState::pending, MigrationState::late,
        MigrationState::edited, MigrationState::half_applied})
    if (std::size_t count = status.count(state))
      parts.push_back(fmt::format("{} {}", count, state_name(state)));
  if (!status.missing.empty()) parts.push_back(fmt::format("{} missing", status.missing.size()));
  return parts.empty() ? "no migrations" : fmt::format("{}", fmt::join(parts, ", "));
}

void show_drift(Console& console, const StatusReport& report) {
  if (!report.drift) return;
  console.event("drift", {{"statements", *report.drift}});
  if (*report.drift > 0)
    console.say(console.yellow(fmt::format(
        "drift: the database is {} away from its migrations; `tidemark drift` names them",
        counted(*report.drift, "statement"))));
}

void show_kept(Console& console, const StatusReport& report) {
  if (report.kept.empty()) return;
  std::uint64_t rows = 0;
  std::string tags;
  const std::string* last = nullptr;
  for (const KeptRows& kept : report.kept) {
    rows += kept.rows;
    if (!last || *last != kept.tag) tags += (tags.empty() ? "" : ", ") + kept.tag;
    last = &kept.tag;
  }
  console.event("kept", {{"rows", rows}, {"tables", report.kept.size()}});
  console.say(console.dim(fmt::format(
      "kept for rollbacks: {} that {} destroyed; `tidemark purge 30d` removes what is older",
      counted(rows, "row"), tags)));
}

/// What to do about each kind of trouble.
void show_help(Console& console, const Status& status, bool refuses_late) {
  auto help = [&](std::string_view text) {
    console.say(console.dim(fmt::format("  help: {}", text)));
  };
  if (status.count(MigrationState::edited) > 0) help(edited_hint());
  if (!status.missing.empty()) help(missing_hint());
  if (std::vector<std::string> tags = status.undecided(); !tags.empty()) help(undecided_hint(tags));
  if (refuses_late && status.count(MigrationState::late) > 0) help(late_hint());
  for (const MigrationStatus& one : status.migrations)
    if (one.state == MigrationState::half_applied) help(help_for(one, refuses_late));
}

void show_report(Console& console, Project& project, const StatusReport& report, bool history) {
  bool refuses_late = project.config().refuses_late;
  console.event("database", {{"url", report.database.url.shown}, {"from", report.database.from}});
  console.say(fmt::format("database  {}  {}", report.database.url.shown,
                          console.dim("(" + report.database.from + ")")));
  console.say(fmt::format("folder    {}", project.shown(report.folder)));
  console.say();
  if (history)
    show_history(console, report);
  else
    for (const MigrationStatus& migration : report.status.migrations)
      show_migration(console, migration, refuses_late);
  for (const HistoryRow& row : report.status.missing) {
    std::string name = row.name.empty() ? row.hash.substr(0, 12) : row.name;
    console.event("missing", {{"hash", row.hash}, {"name", row.name}});
    console.say(fmt::format("  {} {}{}", console.yellow(fmt::format("{:<12}", "missing")), name,
                            console.dim("   applied, but the folder has no such file")));
  }
  console.event("summary", {{"up_to_date", report.up_to_date()}, {"text", summary(report.status)}});
  if (!report.status.migrations.empty() || !report.status.missing.empty()) console.say();
  console.say(summary(report.status));
  show_help(console, report.status, refuses_late);
  show_kept(console, report);
  show_drift(console, report);
}

int run_status(const Flags& flags, Console& console) {
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  StatusReport report = status_of(project);
  show_report(console, project, report, flags.history);
  return flags.exit_code && !report.up_to_date() ? static_cast<int>(Fault::found) : 0;
}

}  // namespace

Action define_status(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Compares the database's history with the folder, row by row: applied, pending, late (an\n"
      "older migration that was merged after newer ones ran), edited after it was applied,\n"
      "missing from the folder, or stopped half-way. Changes nothing.");
  app.add_flag("--exit-code", flags->exit_code, "exit 3 unless everything is applied as it stands");
  app.add_flag("--history", flags->history, "what ran when, how long, and by whom");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n  tidemark status\n  tidemark status --exit-code --env-file .env.production\n");
  return [flags](Console& console) { return run_status(*flags, console); };
}

}  // namespace tidemark
