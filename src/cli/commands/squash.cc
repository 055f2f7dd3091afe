#include "engine/squash.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/plan_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  SquashOptions options;
  bool keep_sql = false, leave_out_sql = false;
  bool dry_run = false;
};

std::string_view word_of(FolderProof proof) {
  if (proof == FolderProof::given) return "given";
  return proof == FolderProof::not_asked ? "not_asked" : "not_possible";
}

std::string_view sentence_of(FolderProof proof) {
  switch (proof) {
    case FolderProof::given:
      return "Proved: the old folder and the new one were run, and make the same database.";
    case FolderProof::not_asked:
      return "Not proved: name an empty database with --scratch, and both folders are run there.";
    case FolderProof::not_possible:
      return "Not proved: the old folder cannot be run for it.";
  }
  return {};
}

void show(Console& console, const SquashPlan& plan) {
  for (const std::string& tag : plan.squashed) {
    console.event("squashed", {{"tag", tag}});
    console.say(fmt::format("  {} ➜ {}", tag, console.bold(plan.tag)));
  }
  console.say();
  show_plan(console, plan.plan, PlanDetail::short_sql);
  for (const std::string& sql : plan.own_sql) {
    console.event("own_sql", {{"sql", sql}});
    console.say("  kept as it is: " + sql);
  }
  console.say();
  console.say(sentence_of(plan.proof));
}

int run_squash(Flags flags, Console& console) {
  Project project(*flags.project);
  if (flags.keep_sql) flags.options.own_sql = OwnSql::keep;
  if (flags.leave_out_sql) flags.options.own_sql = OwnSql::leave_out;
  Squash squash(project, flags.options);
  show_warnings(project, console);
  const SquashPlan& plan = squash.plan();
  if (plan.empty()) {
    console.event("nothing_to_squash");
    console.say("Fewer than two migrations: nothing to squash.");
    return 0;
  }
  show(console, plan);
  if (!flags.dry_run) squash.apply();
  console.event(flags.dry_run ? "planned" : "done",
                {{"tag", plan.tag}, {"proof", word_of(plan.proof)}});
  if (flags.dry_run)
    console.say("Nothing was written.");
  else
    console.say(
        fmt::format("[{}] Squashed {} migrations into {}. A database must have all of them "
                    "or none; see `tidemark squash --help`.",
                    console.green("✓"), plan.squashed.size(), plan.tag));
  return 0;
}

}  // namespace

Action define_squash(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Makes one migration of several: the difference between the schemas before the first\n"
      "and after the last. It is proved that the old folder and the new one make the same\n"
      "database: SQLite's in memory, PostgreSQL's on an empty database (--scratch), in\n"
      "transactions that are rolled back.");
  app.add_option("--from", flags->options.from, "the oldest one; else the first of the folder")
      .type_name("TAG");
  app.add_option("--to", flags->options.to, "the newest one; else the last of the folder")
      .type_name("TAG");
  app.add_option("--name", flags->options.name, "name of the new one (default: squashed)")
      .type_name("NAME");
  app.add_flag("--keep-sql", flags->keep_sql,
               "SQL that no snapshot knows of (data, triggers) stays, at the end");
  app.add_flag("--leave-out-sql", flags->leave_out_sql, "such SQL goes").excludes("--keep-sql");
  app.add_option("--scratch", flags->options.scratch, "an empty PostgreSQL database for the proof")
      .type_name("URL");
  app.add_flag("--dry-run", flags->dry_run, "only show what would be done");
  flags->project = add_project_flags(app, old_dialect, {.out = true});
  app.footer(
      "The new migration takes the time of the last one: a database that has all of them runs\n"
      "nothing, one that has none runs it. Where only some are applied, migrate first.\n\n"
      "examples\n"
      "  tidemark squash --dry-run\n"
      "  tidemark squash --to 0041_release_2 --name release_2\n");
  return [flags](Console& console) { return run_squash(*flags, console); };
}

}  // namespace tidemark
