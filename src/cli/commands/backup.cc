#include "cli/backup_view.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string file;
  bool force = false, no_owner = false;
};

int run_backup(const Flags& flags, Console& console) {
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  std::optional<std::filesystem::path> file;
  if (!flags.file.empty()) file = flags.file;
  show_backup(console, project,
              back_up(project, file, copy_view(console, "backing up"), warnings_of(console)));
  return 0;
}

int run_restore(const Flags& flags, Console& console) {
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  RestoreRequest request{.file = flags.file, .force = flags.force, .no_owner = flags.no_owner};
  restore(project, request, copy_view(console, "restoring"));
  std::string database = project.database().url.shown;
  console.event("restored", {{"file", flags.file}, {"database", database}});
  console.say(
      fmt::format("[{}] {} is what it was in {}.", console.green("✓"), database, flags.file));
  return 0;
}

}  // namespace

Action define_backup(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Writes the whole configured database into one file: SQLite by its backup API, in one\n"
      "read transaction, PostgreSQL by pg_dump, libSQL (Turso) row by row into a SQLite file, in\n"
      "one transaction or from a branch. The file gets its name when it is complete, synced and\n"
      "read back. Without FILE it is {out}/.tidemark/backups/DATABASE-TIME.db or\n"
      ".dump; only its owner may read it.");
  app.add_option("FILE", flags->file, "where to; a file that is not there yet");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n"
      "  tidemark backup\n"
      "  tidemark backup before_release.dump --env-file .env.production\n");
  return [flags](Console& console) { return run_backup(*flags, console); };
}

Action define_restore(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Brings the configured database to what a backup holds, wholly or not at all: the file\n"
      "is read through first, and everything happens in one transaction. A database that has\n"
      "anything in it is refused, unless --force says that it may be replaced.");
  app.add_option("FILE", flags->file, "a file of `tidemark backup`, or of `pg_dump -Fc`")
      .required();
  app.add_flag("--force", flags->force, "replace what is in the database");
  app.add_flag("--no-owner", flags->no_owner,
               "PostgreSQL: leave owners and rights out, for roles that are not there");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n"
      "  tidemark restore drizzle/.tidemark/backups/app-20250102T030405Z.db --force\n");
  return [flags](Console& console) { return run_restore(*flags, console); };
}

}  // namespace tidemark
