#include "engine/rollback.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "cli/migration_view.h"
#include "cli/terminal.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::vector<std::string> allow;
  std::string count, to, wait, lock_timeout;
  bool all = false, dry_run = false;
};

RollbackRequest request_of(const Flags& flags) {
  if (static_cast<int>(!flags.count.empty()) + static_cast<int>(!flags.to.empty()) +
          static_cast<int>(flags.all) >
      1)
    throw Error(Fault::usage, "a number, --to and --all exclude each other")
        .hint("Say one of them: how many, down to which, or all.");
  RollbackRequest request{.to = flags.to, .all = flags.all};
  if (flags.count.empty()) return request;
  bool number = flags.count.find_first_not_of("0123456789") == std::string::npos;
  if (!number || flags.count.size() > 9 || std::stoul(flags.count) == 0)
    throw Error(Fault::usage, fmt::format("\"{}\" is no number of migrations", flags.count))
        .hint(fmt::format("`tidemark rollback 2` takes the last two back; `--to {}` all after that "
                          "one.",
                          flags.count));
  request.count = std::stoul(flags.count);
  return request;
}

std::set<Hazard> allowed_hazards(const Flags& flags) {
  std::set<Hazard> allowed;
  for (const std::string& name : flags.allow) allowed.insert(parse_hazard("--allow", name));
  return allowed;
}

std::string_view proof_text(std::string_view proof) {
  if (proof == "recorded") return "proved by the catalog as it was recorded";
  if (proof == "snapshots") return "proved by the snapshots of the folder";
  return "not proved";
}

void show_way(Console& console, Project& project, const FoundWayBack& found) {
  json::array consents;
  for (const Consent& one : found.consents)
    consents.push_back({{"hazard", hazard_name(one.hazard)}, {"text", one.text}});
  console.event("way_back", {{"tag", found.way.tag},
                             {"sql", found.way.file.sql},
                             {"derived", found.way.derived},
                             {"proof", found.proof},
                             {"consents", std::move(consents)}});
  console.say(
      fmt::format("{}  {}", console.bold(found.way.tag),
                  console.dim(fmt::format("({}; {})",
                                          found.way.derived ? "derived from the snapshots"
                                                            : project.shown(found.way.file.path),
                                          proof_text(found.proof)))));
  console.say(found.way.file.sql.empty() ? "-- nothing to do" : found.way.file.sql);
  for (const Consent& one : found.consents)
    console.say(console.yellow(fmt::format("! {}: it {}", hazard_name(one.hazard), one.text)));
  console.say();
}

int show_dry_run(Console& console, Project& project, const RollbackPlan& plan) {
  for (const FoundWayBack& found : plan.ways) show_way(console, project, found);
  console.event("dry_run", {{"to_roll_back", plan.ways.size()}});
  console.say(fmt::format("{} to roll back on {}; nothing was run.",
                          counted(plan.ways.size(), "migration"), plan.database.url.shown));
  return 0;
}

/// Whether to go on. Where nobody can be asked, what is not allowed by a flag throws.
bool agreed(const Flags& flags, const RollbackPlan& plan, Console& console) {
  std::set<Hazard> allowed = allowed_hazards(flags);
  std::string list;
  std::vector<std::string> needed;
  for (const FoundWayBack& found : plan.ways)
    for (const Consent& one : found.consents) {
      if (allowed.contains(one.hazard)) continue;
      list += fmt::format("\n  - {}: it {}", found.way.tag, one.text);
      std::string flag = fmt::format("--allow {}", hazard_name(one.hazard));
      if (std::ranges::find(needed, flag) == needed.end()) needed.push_back(flag);
    }
  if (list.empty()) return true;
  if (!console.asks())
    throw Error(Fault::answer_needed, "this rollback needs a yes; nothing was changed:" + list)
        .hint(fmt::format("Agree with `{}`.", join(needed, " ")));
  console.warn("this rollback cannot be taken back:" + list);
  console.flush();
  std::vector<std::string> answers = {"No, abort", "Yes, roll back"};
  return ask({"Do you still want to roll back?", answers}) == 1;
}

RollbackOptions options_of(const Flags& flags) {
  RollbackOptions options;
  if (!flags.wait.empty()) options.wait = parse_duration("--wait", flags.wait);
  if (!flags.lock_timeout.empty())
    options.lock_timeout = parse_duration("--lock-timeout", flags.lock_timeout);
  return options;
}

int run_rollback(const Flags& flags, Console& console) {
  RollbackRequest request = request_of(flags);
  allowed_hazards(flags);
  RollbackOptions options = options_of(flags);
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  Rollback rollback(project, request);
  const RollbackPlan& plan = rollback.plan();
  if (flags.dry_run) return show_dry_run(console, project, plan);
  if (plan.ways.empty()) {
    console.event("rollback_finished", {{"rolled_back", 0}});
    console.say("Nothing to roll back.");
    return 0;
  }
  if (!agreed(flags, plan, console)) {
    console.say(fmt::format("[{}] Nothing was rolled back", console.red("x")));
    return static_cast<int>(Fault::failed);
  }
  MigrationView view(console);
  rollback.apply(options, [&view](const Event& event) { view.show(event); });
  return 0;
}

}  // namespace

Action define_rollback(CLI::App& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Takes back the last migration that was applied, the last N, or all after one. The way\n"
      "back is the file {out}/.tidemark/down/TAG.sql, to be reviewed and edited; where there\n"
      "is none, it is derived from the snapshots. Each runs in one transaction, in which the\n"
      "catalog is compared with what it was before the migration: where it differs, nothing\n"
      "is changed. What loses data needs a yes, or --allow.");
  app.add_option("N", flags->count, "how many; default 1");
  app.add_option("--to", flags->to, "the migration that stays the last one")->type_name("TAG");
  app.add_flag("--all", flags->all, "all that are applied");
  app.add_flag("--dry-run", flags->dry_run, "show what would run and what it would lose");
  app.add_option("--allow", flags->allow,
                 "agree to one kind of loss: loses_data, irreversible, not_transactional;\n"
                 "repeatable")
      ->type_name("HAZARD");
  app.add_option("--wait", flags->wait, "how long to wait for another migrator; default 10m")
      ->type_name("TIME");
  app.add_option("--lock-timeout", flags->lock_timeout,
                 "how long one try may wait for a locked table; default 200ms")
      ->type_name("TIME");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n"
      "  tidemark rollback --dry-run\n"
      "  tidemark rollback 2 --allow loses_data\n"
      "  tidemark rollback --to 0003_calm_tide\n");
  return [flags](Console& console) { return run_rollback(*flags, console); };
}

}  // namespace tidemark
