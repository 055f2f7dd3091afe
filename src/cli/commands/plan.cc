#include "engine/plan.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/plan_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::shared_ptr<RenameFlags> renames;
  PlanOptions options;
  bool sql = false, exit_code = false, breakpoints = true;
};

bool breakpoints_of(const Flags& flags, Project& project) {
  return flags.breakpoints && (!project.is_configured() || project.config().breakpoints);
}

int run_plan(const Flags& flags, Console& console) {
  Project project(*flags.project);
  Renaming renaming(*flags.renames, console);
  Plan plan = plan_between(project, flags.options, renaming.resolver());
  show_warnings(project, console);

  if (flags.sql && !console.json()) {
    console.raw(sql_of(plan, breakpoints_of(flags, project)));
  } else {
    show_plan(console, plan, PlanDetail::whole_sql);
    console.event("planned", {{"statements", plan.statements.size()}});
    if (plan.statements.empty()) console.say("No differences.");
  }
  bool found = flags.exit_code && !plan.statements.empty();
  return found ? static_cast<int>(Fault::found) : 0;
}

}  // namespace

Action define_plan(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Shows the statements that turn A into B. A and B are each one of:\n"
      "  schema        the configured schema files\n"
      "  folder        the migrations folder; folder@TAG as it was after a migration\n"
      "  db            the configured database; or the URL of one\n"
      "  empty         nothing\n"
      "  FILE          a snapshot (.json) or a schema file (.ts, .js)");
  app.add_option("A", flags->options.from, "what there is").required().type_name("");
  app.add_option("B", flags->options.to, "what is wanted").required().type_name("");
  app.add_flag("--sql", flags->sql, "only the SQL, exactly as `generate` would write it");
  app.add_flag("--exit-code", flags->exit_code, "exit 3 when there is a difference");
  app.add_flag("--breakpoints,!--no-breakpoints", flags->breakpoints,
               "separate statements by a marker (default)");
  flags->renames = add_rename_flags(app);
  flags->project = add_project_flags(
      app, old_dialect, {.schema = true, .out = true, .database = true, .filters = true});
  app.footer(
      "examples\n"
      "  tidemark plan folder schema\n"
      "  tidemark plan folder@0003_orders folder --sql\n"
      "  tidemark plan db schema\n"
      "  tidemark plan old.json new.json --sql --dialect turso\n");
  return [flags](Console& console) { return run_plan(*flags, console); };
}

}  // namespace tidemark
