#include "engine/migrate.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/backup_view.h"
#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "cli/migration_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  MigrateOptions options;
  std::string wait, lock_timeout;
  bool dry_run = false, backup = false;
};

int show_dry_run(const DryRun& run, Console& console) {
  for (const Remark& remark : run.remarks) show_remark(console, remark);
  for (const MigrationFile& migration : run.pending) {
    console.event("pending", {{"tag", migration.tag}, {"sql", migration.sql}});
    console.say(console.bold(migration.tag));
    console.say(migration.sql);
    console.say();
  }
  console.event("dry_run", {{"pending", run.pending.size()}});
  console.say(run.pending.empty() ? fmt::format("{} is up to date.", run.database)
                                  : fmt::format("{} pending on {}; nothing was run.",
                                                run.pending.size(), run.database));
  return 0;
}

/// Only where something will run, and there is something to lose.
void back_up_first(Project& project, const MigrateOptions& options, Console& console) {
  DatabaseUrl url = project.database().url;
  bool missing = url.driver == DatabaseUrl::Driver::sqlite3 && !std::filesystem::exists(url.path);
  if (missing || dry_run(project, options).pending.empty()) return;
  show_backup(console, project, back_up(project, {}, copy_view(console, "backing up")));
}

int run_migrate(Flags& flags, Console& console) {
  Project project(*flags.project);
  if (!flags.wait.empty()) flags.options.wait = parse_duration("--wait", flags.wait);
  if (!flags.lock_timeout.empty())
    flags.options.lock_timeout = parse_duration("--lock-timeout", flags.lock_timeout);
  flags.options.version = TIDEMARK_VERSION;
  project.config();
  show_warnings(project, console);
  if (flags.dry_run) return show_dry_run(dry_run(project, flags.options), console);
  if (flags.backup) back_up_first(project, flags.options, console);
  MigrationView view(console);
  migrate_database(project, flags.options, [&view](const Event& event) { view.show(event); });
  return 0;
}

}  // namespace

Action define_migrate(CLI::App& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Applies the pending migrations of the folder, each in a transaction together with its\n"
      "row in the history that is shared with Drizzle Kit. Takes a lock, so that of several\n"
      "that run at once only one works. A migration that fails leaves the database as it was,\n"
      "and the message says which statement, where in which file, and what the server said.");
  app.add_flag("--dry-run", flags->dry_run, "show what would run, and run nothing");
  app.add_flag("--backup", flags->backup,
               "write a backup first, as `tidemark backup` does; without one nothing runs");
  app.add_option("--to", flags->options.to, "the last migration to apply")->type_name("TAG");
  app.add_option("--wait", flags->wait, "how long to wait for another migrator; default 10m")
      ->type_name("TIME");
  app.add_option("--lock-timeout", flags->lock_timeout,
                 "how long one try may wait for a locked table; default 200ms")
      ->type_name("TIME");
  app.add_flag("--single-transaction", flags->options.single_transaction,
               "all pending migrations or none");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n"
      "  tidemark migrate --dry-run\n"
      "  tidemark migrate --env-file .env.production --wait 2m\n");
  return [flags](Console& console) { return run_migrate(*flags, console); };
}

}  // namespace tidemark
