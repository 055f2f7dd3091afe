#include "engine/migrate.h"

#include <fmt/format.h>

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
  std::string wait, lock_timeout, keep_rows;
  bool dry_run = false, backup = false, keep = false, no_keep = false;
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

/// From how many rows on nothing is kept: by flag, else by the configuration.
std::uint64_t keep_rows(const Flags& flags, const Config& config) {
  if (flags.keep) return UINT64_MAX;
  if (flags.no_keep) return 0;
  if (flags.keep_rows.empty()) return config.keep_rows.value_or(rows_kept);
  bool number = flags.keep_rows.find_first_not_of("0123456789") == std::string::npos;
  if (!number || flags.keep_rows.size() > 18)
    throw Error(Fault::usage,
                fmt::format("--keep-rows: \"{}\" is no number of rows", flags.keep_rows));
  return std::stoull(flags.keep_rows);
}

/// Only where something will run, and there is something to lose.
void back_up_first(Project& project, const MigrateOptions& options, Console& console) {
  DatabaseUrl url = project.database().url;
  bool missing = url.driver == DatabaseUrl::Driver::sqlite3 && !std::filesystem::exists(url.path);
  if (missing || dry_run(project, options).pending.empty()) return;
  show_backup(console, project,
              back_up(project, {}, copy_view(console, "backing up"), warnings_of(console)));
}

int run_migrate(Flags& flags, Console& console) {
  Project project(*flags.project);
  if (!flags.wait.empty()) flags.options.wait = parse_duration("--wait", flags.wait);
  if (!flags.lock_timeout.empty())
    flags.options.lock_timeout = parse_duration("--lock-timeout", flags.lock_timeout);
  flags.options.version = TIDEMARK_VERSION;
  flags.options.keep_rows = keep_rows(flags, project.config());
  flags.options.refuses_late = project.config().refuses_late;
  flags.options.refuses_edited = project.config().refuses_edited;
  show_warnings(project, console);
  if (flags.dry_run) return show_dry_run(dry_run(project, flags.options), console);
  if (flags.backup) back_up_first(project, flags.options, console);
  MigrationView view(console);
  migrate_database(project, flags.options, [&view](const Event& event) { view.show(event); });
  return 0;
}

}  // namespace

Action define_migrate(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Applies the pending migrations of the folder, each in a transaction together with its\n"
      "row in the history that is shared with Drizzle Kit. Takes a lock, so that of several\n"
      "that run at once only one works. A migration that fails leaves the database as it was,\n"
      "and the message says which statement, where in which file, and what the server said.");
  app.add_flag("--dry-run", flags->dry_run, "show what would run, and run nothing");
  app.add_flag("--backup", flags->backup,
               "write a backup first, as `tidemark backup` does; without one nothing runs");
  app.add_option("--to", flags->options.to, "the last migration to apply").type_name("TAG");
  app.add_option("--wait", flags->wait, "how long to wait for another migrator; default 10m")
      .type_name("TIME");
  app.add_option("--lock-timeout", flags->lock_timeout,
                 "how long one try may wait for a locked table; default 200ms")
      .type_name("TIME");
  app.add_flag("--single-transaction", flags->options.single_transaction,
               "all pending migrations or none");
  app.add_flag("--keep", flags->keep, "keep what is destroyed for a rollback, however much it is");
  app.add_flag("--no-keep", flags->no_keep, "keep nothing").excludes("--keep");
  app.add_option("--keep-rows", flags->keep_rows,
                 "of tables with more rows nothing is kept; default 100000")
      .type_name("N");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  add_setting(app, flags->project, "--late", "migrations.late", "apply|refuse",
              "what becomes of migrations older than what is applied; default apply");
  add_setting(app, flags->project, "--edited", "migrations.edited", "warn|refuse",
              "… of files that were edited after they were applied; default warn");
  app.footer(
      "examples\n"
      "  tidemark migrate --dry-run\n"
      "  tidemark migrate --env-file .env.production --wait 2m\n");
  return [flags](Console& console) { return run_migrate(*flags, console); };
}

}  // namespace tidemark
