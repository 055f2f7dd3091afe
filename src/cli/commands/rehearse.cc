#include "engine/rehearse.h"

#include <fmt/format.h>

#include "base/error_message.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/backup_view.h"
#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "cli/rehearsal_page.h"
#include "engine/rehearsal_events.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  RehearsalRequest request;
  std::string html;
};

void show_statement(Console& console, const RehearsedStatement& one) {
  console.say(fmt::format("  {}. {}  {}", one.number, replace_all(one.sql, "\n", "\n     "),
                          console.dim(shown_duration(Duration(one.seen.took_ms)))));
  for (const std::string& lock : one.seen.locks) console.say("     lock: " + lock);
  for (const std::string& table : one.seen.rewritten)
    console.say(console.yellow("     rewritten: " + table));
}

void show_back(Console& console, const RehearsedReturn& back) {
  std::string text = fmt::format("  back: {}", return_text(back));
  console.say(back.error ? console.red(text) : console.green(text));
  for (const Consent& one : back.losses) console.say(fmt::format("     it {}", one.text));
  if (back.error)
    console.say("     " + replace_all(error_message(*back.error, false), "\n", "\n     "));
}

void tell(Console& console, RehearsalEvent event) {
  console.event(event.name, std::move(event.fields));
}

void show_migration(Console& console, const RehearsedMigration& migration) {
  for (RehearsalEvent& event : events_of(migration)) tell(console, std::move(event));
  console.say(fmt::format("{} {}", console.bold(migration.tag),
                          migration.applied ? "" : console.red("failed")));
  for (const RehearsedStatement& one : migration.statements) show_statement(console, one);
  for (const auto& [table, count] : migration.rows)
    console.say(fmt::format("  rows of {}: {}", table, row_text(count)));
  for (const MeasuredImpact& one : migration.obstacles)
    console.say(console.red("  it " + impact_text(one)) + ": " + one.impact.remedy);
  if (migration.back) show_back(console, *migration.back);
  console.say();
}

int run_rehearse(const Flags& flags, Console& console) {
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  Rehearsal report =
      rehearse(project, flags.request, copy_view(console, "copying"), warnings_of(console));
  for (const RehearsedMigration& one : report.migrations) show_migration(console, one);
  if (!flags.html.empty()) {
    write_file(project.cwd() / flags.html, rehearsal_page(report));
    console.say("The report: " + flags.html);
  }
  tell(console, event_of(report));
  if (report.how.empty()) {
    console.say(fmt::format("Nothing to rehearse: {} is up to date.", report.database));
    return 0;
  }
  if (report.error) throw Error(*report.error).as(Fault::found);
  console.say(fmt::format("{} rehearsed on a copy of {} ({}); the database is as it was.",
                          counted(report.migrations.size(), "migration"), report.database,
                          report.how));
  return report.passed() ? 0 : static_cast<int>(Fault::found);
}

}  // namespace

Action define_rehearse(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Copies the database, runs the pending migrations on the copy and takes them back again.\n"
      "Tells of each statement how long it took, which locks it took and which tables it\n"
      "rewrote; how many rows each migration left; what the data makes fail; and whether the\n"
      "way back leads back. The copy is removed. Exit code 3 when something fails.");
  app.add_option(
         "--on", flags->request.on,
         "a copy that is there already, or (PostgreSQL) an empty database to make one in; it "
         "is written to, and stays")
      .type_name("URL");
  app.add_option("--sample", flags->request.sample,
                 "PostgreSQL: copy the schema, so many rows of each table and what they refer to, "
                 "where all of them are too many; times are then those of the sample")
      .type_name("ROWS")
      .between(1, 1'000'000'000);
  app.add_option("--html", flags->html, "write the report as a page too").type_name("FILE");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n"
      "  tidemark rehearse --html report.html\n"
      "  tidemark rehearse --sample 1000\n"
      "  tidemark rehearse --on postgres://localhost/copy_of_production\n");
  return [flags](Console& console) { return run_rehearse(*flags, console); };
}

}  // namespace tidemark
