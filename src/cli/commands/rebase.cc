#include "engine/rebase.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/plan_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string ours;
  bool dry_run = false;
};

std::string_view word_of(Rebased how) {
  if (how == Rebased::kept) return "kept";
  return how == Rebased::made_anew ? "made_anew" : "left_out";
}

void show(Console& console, const RebasedMigration& migration) {
  console.event("rebased",
                {{"was", migration.was}, {"tag", migration.tag}, {"how", word_of(migration.how)}});
  std::string line = fmt::format("  {} ➜ {}", migration.was, console.bold(migration.tag));
  if (migration.how == Rebased::left_out)
    line = fmt::format("  {} is left out: theirs did the same", migration.was);
  else if (migration.how == Rebased::kept)
    line += "  (its SQL stays)";
  console.say(line);
  if (migration.how == Rebased::made_anew)
    show_plan(console, migration.plan, PlanDetail::whole_sql);
}

int run_rebase(const Flags& flags, Console& console) {
  Project project(*flags.project);
  Rebase rebase(project, flags.ours);
  show_warnings(project, console);
  const RebasePlan& plan = rebase.plan();
  if (plan.empty()) {
    console.event("nothing_to_rebase");
    console.say("No two branches meet in this folder: nothing to rebase.");
    return 0;
  }
  for (const std::string& tag : plan.theirs) {
    console.event("theirs", {{"tag", tag}});
    console.say(fmt::format("  {}  (theirs, as it is)", tag));
  }
  for (const RebasedMigration& migration : plan.ours) show(console, migration);
  console.say();
  if (flags.dry_run) {
    console.say("Nothing was written.");
    return 0;
  }
  rebase.apply();
  console.event("done", {{"migrations", plan.ours.size()}});
  console.say(
      fmt::format("[{}] Rebased. Where ours were applied under their old names (your own "
                  "database), `tidemark status` shows what to do.",
                  console.green("✓")));
  return 0;
}

}  // namespace

Action define_rebase(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "For two branches that both generated migrations. Run it once the branches' files are\n"
      "together: while git shows conflicts in the folder (its marks may stay, they are read),\n"
      "or after they were merged. Theirs stay as they are; ours get the next names and are\n"
      "made again on top of theirs. What both changed, each in its own way, is named and\n"
      "nothing is written.");
  app.add_option("--ours", flags->ours,
                 "a migration of the branch that is to come last; else the branch that is\n"
                 "merged into, or in `git rebase` the one that is moved, or the journal's last")
      .type_name("TAG");
  app.add_flag("--dry-run", flags->dry_run, "only show what would be done");
  flags->project = add_project_flags(app, old_dialect, {.out = true});
  app.footer(
      "examples\n"
      "  git merge main; tidemark rebase; git add drizzle\n"
      "  tidemark rebase --ours 0007_my_change --dry-run\n");
  return [flags](Console& console) { return run_rebase(*flags, console); };
}

}  // namespace tidemark
