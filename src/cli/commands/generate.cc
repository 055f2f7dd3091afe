#include "engine/generate.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/plan_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::shared_ptr<RenameFlags> renames;
  GenerateOptions options;
  bool verbose = false;
};

void show_tables(Console& console, const GenerateResult& result) {
  console.say(fmt::format("{} tables", result.tables.size()));
  for (const TableSummary& table : result.tables)
    console.say(fmt::format("{} {}", console.bold(table.name),
                            console.dim(fmt::format("{} columns {} indexes {} fks", table.columns,
                                                    table.indexes, table.foreign_keys))));
  console.say();
}

void show_written(Console& console, Project& project, const GenerateResult& result) {
  std::string file = project.shown(result.file);
  std::string way_back = result.way_back.empty() ? "" : project.shown(result.way_back);
  console.event("generated", {{"tag", result.tag}, {"file", file}, {"way_back", way_back}});
  console.say(
      fmt::format("[{}] Your SQL migration file ➜ {} 🚀", console.green("✓"), console.bold(file)));
  if (!way_back.empty()) console.say(fmt::format("    its way back ➜ {}", way_back));
}

void show_standins(Console& console, const GenerateResult& result, bool verbose) {
  if (!verbose) return;
  for (const std::string& module : result.standins)
    console.notice(fmt::format("stood in for the module \"{}\"", module));
}

int check_outcome(const GenerateResult& result) {
  if (result.plan.statements.empty()) return 0;
  throw Error(Fault::found,
              fmt::format("the schema is {} {} ahead of the migrations folder",
                          result.plan.statements.size(),
                          result.plan.statements.size() == 1 ? "statement" : "statements"))
      .hint("Run `tidemark generate` and commit what it writes.");
}

int run_generate(const Flags& flags, Console& console) {
  Project project(*flags.project);
  if (!console.json() && !project.config().file.empty())
    console.say(fmt::format("Reading config file '{}'", project.config().file.string()));
  show_warnings(project, console);  // before an error that may come of it
  Renaming renaming(*flags.renames, console);
  GenerateResult result = generate(project, flags.options, renaming.resolver());
  show_warnings(project, console);
  show_standins(console, result, flags.verbose);

  if (flags.options.custom) {
    console.say("Prepared empty file for your custom SQL migration!");
    show_written(console, project, result);
    return 0;
  }
  show_tables(console, result);
  if (result.plan.statements.empty()) {
    console.event("no_changes");
    console.say("No schema changes, nothing to migrate 😴");
    return 0;
  }
  show_plan(console, result.plan, PlanDetail::short_sql);
  console.say();
  if (flags.options.check) return check_outcome(result);
  show_written(console, project, result);
  return 0;
}

}  // namespace

Action define_generate(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Compares the schema files with the migrations folder and writes what is missing: the\n"
      "SQL, its snapshot, and the way back (.tidemark/down). Prints each statement with the\n"
      "reason for it and what may go wrong. Writes nothing unless everything succeeded.");
  app.add_option("--name", flags->options.name, "name of the migration; else one is made up")
      .type_name("NAME");
  app.add_flag("--custom", flags->options.custom, "an empty migration for SQL of your own");
  app.add_flag("--check", flags->options.check,
               "write nothing; exit 3 when a migration is missing: for CI");
  flags->renames = add_rename_flags(app);
  flags->project = add_project_flags(app, old_dialect, {.schema = true, .out = true});
  auto request = flags->project;
  add_setting(app, request, "--prefix", "migrations.prefix", "KIND",
              "index, timestamp, supabase, unix or none");
  app.on_flag(
      "--breakpoints,!--no-breakpoints",
      [request](bool on) {
        request->flags.push_back({"--breakpoints", "breakpoints", on});
      },
      "separate statements by a marker (default)");
  app.add_flag("--verbose", flags->verbose, "also name the modules that were stood in for");
  app.footer(
      "examples\n"
      "  tidemark generate --name add_users\n"
      "  tidemark generate --rename column:public.users.name=full_name\n"
      "  tidemark generate --check\n");
  return [flags](Console& console) { return run_generate(*flags, console); };
}

}  // namespace tidemark
