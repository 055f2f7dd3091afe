#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "engine/run_script.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  bool transaction = false, dry_run = false;
  std::string time_limit;
};

/// The first word that is no flag of ours names the script, and the rest is its own.
ScriptRequest request_of(const Flags& flags, std::vector<std::string> words) {
  if (words.empty())
    throw Error(Fault::usage, "`run` needs the script to run")
        .hint("`tidemark run scripts/migrate.ts`");
  if (words[0].starts_with('-'))
    throw Error(Fault::usage, "`run` has no flag " + words[0])
        .hint("`tidemark run --help` lists its flags; those of the script come after its name.");
  ScriptRequest request{.file = words[0],
                        .arguments = {words.begin() + 1, words.end()},
                        .transaction = flags.transaction,
                        .dry_run = flags.dry_run};
  if (!flags.time_limit.empty())
    request.time_limit = parse_duration("--time-limit", flags.time_limit);
  return request;
}

int run_run(const Flags& flags, std::vector<std::string> words, Console& console) {
  ScriptRequest request = request_of(flags, std::move(words));
  Project project(*flags.project);
  console.flush();
  return run_script(project, request);
}

}  // namespace

Action define_run(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Runs a script of the project, TypeScript or JavaScript, without Node: with the project's\n"
      "own drizzle-orm and packages, and with the drivers pg, postgres, better-sqlite3 and\n"
      "@libsql/client built in. Words after FILE are the script's own. Files outside the project\n"
      "and the network, but for databases, are out of its reach.");
  app.add_flag("--transaction", flags->transaction,
               "all that it does on a database is one transaction, taken back if it fails");
  app.add_flag("--dry-run", flags->dry_run,
               "show the statements that change something, and take them back in the end");
  app.add_option("--time-limit", flags->time_limit,
                 "how long it may compute without a pause; default 60s")
      .type_name("TIME");
  flags->project = add_project_flags(app, old_dialect, {});
  app.leave_the_rest();
  app.footer(
      "examples\n"
      "  tidemark run scripts/migrate.ts\n"
      "  tidemark run --transaction scripts/migrations/backfill-names.ts --batch 500\n");
  return [flags, &app](Console& console) { return run_run(*flags, app.rest(), console); };
}

}  // namespace tidemark
