#include "engine/up.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

int run_up(const ProjectRequest& request, Console& console) {
  Project project(request);
  for (const auto& file : upgrade_snapshots(project)) {
    console.event("upgraded", {{"file", project.shown(file)}});
    console.say(fmt::format("[{}] {}", console.green("✓"), project.shown(file)));
  }
  show_warnings(project, console);
  console.event("done");
  console.say("Everything's fine");
  return 0;
}

}  // namespace

Action define_up(CommandLine& app, std::string_view old_dialect) {
  app.description(
      "Rewrites snapshots that an older Drizzle Kit wrote in the format of today. SQL files and\n"
      "the journal stay as they are.");
  auto request = add_project_flags(app, old_dialect, {.out = true});
  return [request](Console& console) { return run_up(*request, console); };
}

}  // namespace tidemark
