#include "engine/repair.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/rollback_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  RepairOptions options;
  std::string undo;
  std::vector<std::string> allow;
  bool dry_run = false;
};

std::string_view word_of(Correction what) {
  switch (what) {
    case Correction::accept:
      return "accept";
    case Correction::applied:
      return "applied";
    case Correction::not_applied:
      return "not_applied";
    case Correction::forget:
      return "forget";
  }
  return {};
}

std::string sentence_of(const Correcting& one) {
  switch (one.what) {
    case Correction::accept:
      return one.tag + ": the file as it is now counts as what was applied";
    case Correction::applied:
      return one.tag + " counts as applied, and does not run";
    case Correction::not_applied:
      return one.tag + " counts as not applied: `migrate` runs it again";
    case Correction::forget:
      return fmt::format("the row with the hash {}… goes: the folder has no file of it", one.tag);
  }
  return {};
}

/// Alone: it runs statements, while the others only correct the history.
int run_undo(const Flags& flags, Project& project, Console& console) {
  const RepairOptions& others = flags.options;
  if (!others.accept.empty() || !others.applied.empty() || !others.not_applied.empty() ||
      others.forget || others.baseline)
    throw Error(Fault::usage, "--undo goes with no other repair")
        .hint("Run `tidemark repair` twice.");
  project.config();
  show_warnings(project, console);
  return take_back(project, {.half = flags.undo}, {flags.allow, flags.dry_run}, {}, console);
}

int run_repair(const Flags& flags, Console& console) {
  Project project(*flags.project);
  if (!flags.undo.empty()) return run_undo(flags, project, console);
  Repair repair(project, flags.options);
  show_warnings(project, console);
  for (const Correcting& one : repair.plan()) {
    console.event("correction", {{"what", word_of(one.what)}, {"which", one.tag}});
    console.say("  " + sentence_of(one));
  }
  if (repair.plan().empty()) {
    console.event("nothing_to_repair");
    if (flags.options.baseline || flags.options.forget)
      console.say("There is nothing to repair: the history is that of the folder.");
    else
      console.say(
          "Nothing to repair was named. `tidemark status` shows what is wrong, and "
          "`tidemark repair --help` what can be done.");
    return 0;
  }
  if (!flags.dry_run) repair.apply(TIDEMARK_VERSION);
  console.event(flags.dry_run ? "planned" : "done", {{"corrections", repair.plan().size()}});
  console.say(flags.dry_run
                  ? std::string("Nothing was changed.")
                  : fmt::format("[{}] {} repaired.", console.green("✓"), repair.database()));
  return 0;
}

}  // namespace

Action define_repair(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Corrects the history of the database, by what you say, in one transaction. Runs no\n"
      "migration and changes no table of yours, but for --undo: that takes back what a\n"
      "migration did that stopped half-way, as `tidemark rollback` does.");
  RepairOptions& options = flags->options;
  app.add_option("--accept", options.accept, "an edited migration: its file is right as it is")
      .type_name("TAG");
  app.add_option("--applied", options.applied, "a migration that the database has already")
      .type_name("TAG");
  app.add_option("--not-applied", options.not_applied, "a migration that the database lacks")
      .type_name("TAG");
  app.add_flag("--forget-missing", options.forget, "rows of which the folder has no file");
  app.add_flag("--baseline", options.baseline,
               "everything in the folder is there already: for an existing database");
  app.add_option("--undo", flags->undo, "a migration that stopped half-way: take back what it did")
      .type_name("TAG");
  app.add_option("--allow", flags->allow, "agree to one kind of loss by --undo; repeatable")
      .type_name("HAZARD");
  app.add_flag("--dry-run", flags->dry_run, "only show what would be done");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "A migration that stopped half-way is finished by `tidemark migrate`, or taken back by\n"
      "`--undo`; what was finished or undone by hand is said by `--applied`, `--not-applied`.\n\n"
      "examples\n"
      "  tidemark repair --accept 0003_orders --dry-run\n"
      "  tidemark repair --accept 0000_squashed --forget-missing    after a squash\n");
  return [flags](Console& console) { return run_repair(*flags, console); };
}

}  // namespace tidemark
