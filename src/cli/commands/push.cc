#include "engine/push.h"

#include <fmt/format.h>

#include <set>

#include "base/errors.h"
#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "cli/migration_view.h"
#include "cli/plan_view.h"
#include "cli/terminal.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::shared_ptr<RenameFlags> renames;
  std::vector<std::string> allow;
  std::string wait, lock_timeout;
  bool force = false, verbose = false, strict = false, dry_run = false;
};

/// What a push does that needs a yes.
struct Consent {
  Hazard hazard;
  std::string text;
};

std::vector<Consent> to_agree_to(const PushPlan& plan) {
  std::vector<Consent> out;
  for (const MeasuredImpact& loss : plan.losses)
    out.push_back({loss.impact.hazard, impact_text(loss)});
  for (const TakenAlong& one : plan.taken_along)
    out.push_back({Hazard::loses_data, taken_along_text(one)});
  for (const Statement& statement : plan.plan.statements)
    for (const Finding& finding : statement.findings)
      if (finding.hazard == Hazard::irreversible)
        out.push_back({finding.hazard, "does what cannot be undone: " + finding.message});
  return out;
}

std::set<Hazard> allowed_hazards(const Flags& flags) {
  std::set<Hazard> allowed;
  for (const std::string& name : flags.allow) allowed.insert(parse_hazard("--allow", name));
  return allowed;
}

std::string as_list(const std::vector<Consent>& consents) {
  std::string out;
  for (const Consent& one : consents) out += "\n  - " + one.text;
  return out;
}

/// `--allow loses_data --allow irreversible`: all that is still to be agreed to.
std::string flags_for(const std::vector<Consent>& consents) {
  std::set<Hazard> hazards;
  for (const Consent& one : consents) hazards.insert(one.hazard);
  std::vector<std::string> flags;
  for (Hazard hazard : hazards) flags.push_back("--allow " + std::string(hazard_name(hazard)));
  return join(flags, " ");
}

/// Rows that are there stand against the plan: told all at once, before anything runs.
void require_fitting_rows(const PushPlan& plan) {
  std::vector<Error> errors;
  for (const MeasuredImpact& failure : plan.failures) {
    Error error(Fault::failed, "the push " + impact_text(failure) + "; nothing was changed");
    if (const auto& range = failure.impact.origin.range) error = std::move(error).at(*range);
    errors.push_back(std::move(error).hint(failure.impact.remedy));
  }
  if (!errors.empty()) throw_all(std::move(errors));
}

bool ask_for_yes(Console& console, const std::string& question, const std::string& yes) {
  console.flush();
  std::vector<std::string> answers = {"No, abort", yes};
  return ask({question, answers}) == 1;
}

/// Whether to go on. Where nobody can be asked, what is not allowed by a flag throws.
bool agreed(const Flags& flags, bool strict, const PushPlan& plan, Console& console) {
  if (flags.force) return true;
  std::set<Hazard> allowed = allowed_hazards(flags);
  std::vector<Consent> open = to_agree_to(plan);
  std::erase_if(open, [&](const Consent& one) { return allowed.contains(one.hazard); });
  if (!open.empty()) {
    if (!console.asks())
      throw Error(Fault::answer_needed, "this push cannot be taken back; it" + as_list(open))
          .hint(fmt::format("Agree with `{}`, or to everything with `--force`.", flags_for(open)));
    console.warn("this push cannot be taken back; it" + as_list(open));
    return ask_for_yes(console, "Do you still want to push changes?",
                       "Yes, I want to execute all statements");
  }
  if (!strict) return true;
  if (!console.asks())
    throw Error(Fault::answer_needed, "strict mode asks before it changes anything")
        .hint("Agree with `--force`, or leave `strict` out.");
  return ask_for_yes(console, "Do you want to push these changes?",
                     "Yes, I want to execute all statements");
}

void show_losses(Console& console, const PushPlan& plan) {
  for (const std::vector<MeasuredImpact>* list : {&plan.losses, &plan.failures})
    for (const MeasuredImpact& one : *list) {
      json::object fields{{"hazard", hazard_name(one.impact.hazard)}, {"text", impact_text(one)}};
      if (one.count) fields["count"] = *one.count;
      console.event("impact", std::move(fields));
    }
  for (const TakenAlong& one : plan.taken_along)
    console.event("impact",
                  {{"hazard", hazard_name(Hazard::loses_data)}, {"text", taken_along_text(one)}});
}

void show_undecided(Console& console, const PushPlan& plan) {
  for (const Undecided& one : plan.undecided)
    console.warn(fmt::format("{} may differ, and is left as it is:\n  database  {}\n  schema    {}",
                             undecided_name(one), one.live, one.wanted));
}

PlanRunOptions run_options(const Flags& flags) {
  PlanRunOptions options;
  if (!flags.wait.empty()) options.wait = parse_duration("--wait", flags.wait);
  if (!flags.lock_timeout.empty())
    options.lock_timeout = parse_duration("--lock-timeout", flags.lock_timeout);
  return options;
}

int nothing_to_do(Console& console) {
  console.event("no_changes");
  console.say(fmt::format("[{}] No changes detected", console.blue("i")));
  return 0;
}

int run_push(const Flags& flags, Console& console) {
  Project project(*flags.project);
  allowed_hazards(flags);
  Renaming renaming(*flags.renames, console);
  Push push(project, renaming.resolver(), flags.dry_run ? Purpose::look : Purpose::write);
  for (const std::string& warning : project.take_warnings()) console.warn(warning);
  const PushPlan& plan = push.plan();
  show_undecided(console, plan);
  if (plan.plan.statements.empty()) return nothing_to_do(console);

  bool strict = flags.strict || project.config().strict;
  bool verbose = flags.verbose || project.config().verbose || strict || flags.dry_run;
  if (verbose || console.json() || !plan.losses.empty())
    show_plan(console, plan.plan, PlanDetail::whole_sql);
  show_losses(console, plan);
  if (flags.dry_run) {
    for (const Consent& one : to_agree_to(plan)) console.say("it " + one.text);
    for (const MeasuredImpact& one : plan.failures) console.say("it fails: it " + impact_text(one));
    console.say(fmt::format("{} on {}; nothing was run.",
                            counted(plan.plan.statements.size(), "statement"),
                            plan.database.url.shown));
    return 0;
  }
  require_fitting_rows(plan);
  if (!agreed(flags, strict, plan, console)) {
    console.say(fmt::format("[{}] All changes were aborted", console.red("x")));
    return static_cast<int>(Fault::failed);
  }
  MigrationView view(console);
  push.apply(run_options(flags), [&view](const Event& event) { view.show(event); });
  console.event("pushed", {{"statements", plan.plan.statements.size()}});
  console.say(fmt::format("[{}] Changes applied {}", console.green("✓"),
                          console.dim("(" + counted(plan.plan.statements.size(), "statement") +
                                      " on " + plan.database.url.shown + ")")));
  return 0;
}

}  // namespace

Action define_push(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Compares the database itself with the schema files and brings it up to them, without\n"
      "migrations. Everything runs in one transaction where the server allows. What would be\n"
      "lost is counted first, and asked about; rows that stand against a change are named\n"
      "before anything runs. What no schema can say (triggers, partitions, objects of\n"
      "extensions, other schemas) is left alone.");
  app.add_flag("--force", flags->force, "ask nothing, and agree to every loss");
  app.add_option("--allow", flags->allow,
                 "agree to one kind of loss: loses_data, irreversible; repeatable")
      .type_name("HAZARD");
  app.add_flag("--verbose", flags->verbose, "show the statements before they run");
  app.add_flag("--strict", flags->strict, "show them, and ask, always");
  app.add_flag("--dry-run", flags->dry_run, "show what would run and what it would lose");
  app.add_option("--wait", flags->wait, "how long to wait for locks; default 10m")
      .type_name("TIME");
  app.add_option("--lock-timeout", flags->lock_timeout,
                 "how long one try may wait for a locked table; default 200ms")
      .type_name("TIME");
  flags->renames = add_rename_flags(app);
  flags->project =
      add_project_flags(app, old_dialect, {.schema = true, .database = true, .filters = true});
  app.footer(
      "examples\n"
      "  tidemark push\n"
      "  tidemark push --dry-run\n"
      "  tidemark push --force --env-file .env.development\n");
  return [flags](Console& console) { return run_push(*flags, console); };
}

}  // namespace tidemark
