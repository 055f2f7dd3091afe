#include "cli/rollback_view.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "cli/flags.h"
#include "cli/migration_view.h"
#include "cli/terminal.h"

namespace tidemark {
namespace {

std::set<Hazard> allowed_hazards(const RollbackAnswers& answers) {
  std::set<Hazard> allowed;
  for (const std::string& name : answers.allow) allowed.insert(parse_hazard("--allow", name));
  return allowed;
}

std::string_view proof_text(std::string_view proof) {
  if (proof == "recorded") return "proved by the catalog as it was recorded";
  if (proof == "replayed") return "proved by the folder, run again in memory";
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
bool agreed(const RollbackAnswers& answers, const RollbackPlan& plan, Console& console) {
  std::set<Hazard> allowed = allowed_hazards(answers);
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
  std::vector<std::string> choices = {"No, abort", "Yes, roll back"};
  return ask({"Do you still want to roll back?", choices}) == 1;
}

}  // namespace

int take_back(Project& project, const RollbackRequest& request, const RollbackAnswers& answers,
              const RollbackOptions& options, Console& console) {
  allowed_hazards(answers);  // a mistake there is told before anything is looked at
  Rollback rollback(project, request);
  const RollbackPlan& plan = rollback.plan();
  if (answers.dry_run) return show_dry_run(console, project, plan);
  if (plan.ways.empty()) {
    console.event("rollback_finished", {{"rolled_back", 0}});
    console.say("Nothing to roll back.");
    return 0;
  }
  if (!agreed(answers, plan, console)) {
    console.say(fmt::format("[{}] Nothing was rolled back", console.red("x")));
    return static_cast<int>(Fault::failed);
  }
  MigrationView view(console);
  rollback.apply(options, [&view](const Event& event) { view.show(event); });
  return 0;
}

}  // namespace tidemark
