#include "engine/purge.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string age;
  bool dry_run = false;
};

/// "30d", "12h", "90m", "0": ages of data, which are longer than waits.
std::chrono::seconds parse_age(const std::string& text) {
  std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string unit = text.substr(digits);
  bool fits = digits > 0 && digits < 10;
  if (fits) {
    std::chrono::seconds::rep count = std::stol(text.substr(0, digits));
    if (unit == "w") return std::chrono::hours(count * 24 * 7);
    if (unit == "d") return std::chrono::hours(count * 24);
    if (unit == "h") return std::chrono::hours(count);
    if (unit == "m") return std::chrono::minutes(count);
    if (unit == "s" || (unit.empty() && count == 0)) return std::chrono::seconds(count);
  }
  throw Error(Fault::usage, fmt::format("\"{}\" is no age", text))
      .hint("Say `30d`, `4w`, `12h`, or `0` for everything.");
}

int run_purge(const Flags& flags, Console& console) {
  std::chrono::seconds age = parse_age(flags.age);
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  PurgeReport report = purge(project, age, flags.dry_run);
  for (const KeptRows& kept : report.removed) {
    console.event(
        "purged",
        {{"tag", kept.tag}, {"what", kept.text()}, {"rows", kept.rows}, {"kept_at", kept.kept_at}});
    console.say(
        fmt::format("  {}  {} {}", kept.tag, kept.text(), console.dim("kept " + kept.kept_at)));
  }
  console.event("purge_finished", {{"purged", report.removed.size()}, {"dry_run", flags.dry_run}});
  if (report.removed.empty())
    console.say(fmt::format("Nothing that old is kept on {}.", report.database.url.shown));
  else if (flags.dry_run)
    console.say("Nothing was removed.");
  else
    console.say("Removed: a rollback does not bring it back any more.");
  return 0;
}

}  // namespace

Action define_purge(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Removes what `migrate` kept of the data that migrations destroyed, so that `rollback`\n"
      "could put it back, where that was longer ago than AGE. Migrations can still be rolled\n"
      "back, without that data.");
  app.add_option("AGE", flags->age, "30d, 4w, 12h; 0 for everything").required();
  app.add_flag("--dry-run", flags->dry_run, "show what would be removed");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer("examples\n  tidemark purge 30d\n");
  return [flags](Console& console) { return run_purge(*flags, console); };
}

}  // namespace tidemark
