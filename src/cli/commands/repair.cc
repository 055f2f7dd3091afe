#include "engine/repair.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  RepairOptions options;
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

int run_repair(const Flags& flags, Console& console) {
  Project project(*flags.project);
  Repair repair(project, flags.options);
  show_warnings(project, console);
  for (const Correcting& one : repair.plan()) {
    console.event("correction", {{"what", word_of(one.what)}, {"which", one.tag}});
    console.say("  " + sentence_of(one));
  }
  if (repair.plan().empty()) {
    console.event("nothing_to_repair");
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

Action define_repair(CLI::App& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Corrects the history of the database, by what you say. Runs no migration and changes\n"
      "no table of yours; all corrections are made in one transaction.");
  RepairOptions& options = flags->options;
  app.add_option("--accept", options.accept, "an edited migration: its file is right as it is")
      ->type_name("TAG");
  app.add_option("--applied", options.applied, "a migration that the database has already")
      ->type_name("TAG");
  app.add_option("--not-applied", options.not_applied, "a migration that the database lacks")
      ->type_name("TAG");
  app.add_flag("--forget-missing", options.forget, "rows of which the folder has no file");
  app.add_flag("--baseline", options.baseline,
               "everything in the folder is there already: for an existing database");
  app.add_flag("--dry-run", flags->dry_run, "only show what would be done");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "A migration that stopped half-way is finished by `tidemark migrate`.\n\n"
      "examples\n"
      "  tidemark repair --accept 0003_orders --dry-run\n"
      "  tidemark repair --accept 0000_squashed --forget-missing    after a squash\n");
  return [flags](Console& console) { return run_repair(*flags, console); };
}

}  // namespace tidemark
