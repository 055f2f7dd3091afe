#include "engine/pull.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  PullOptions options;
};

int run_pull(const Flags& flags, Console& console) {
  Project project(*flags.project);
  PullResult result = pull(project, flags.options);
  for (const std::string& warning : project.take_warnings()) console.warn(warning);
  std::string schema = project.shown(result.schema), relations = project.shown(result.relations);
  std::string migration = result.migration.empty() ? "" : project.shown(result.migration);
  console.event("pulled", {{"schema", schema},
                           {"relations", relations},
                           {"migration", migration},
                           {"tables", result.catalog.tables.size()},
                           {"views", result.catalog.views.size()},
                           {"notes", result.notes}});
  console.say(fmt::format("{}, {} of {}", counted(result.catalog.tables.size(), "table"),
                          counted(result.catalog.views.size(), "view"), result.database.url.shown));
  if (result.notes > 0)
    console.say(console.dim(fmt::format("{} that a schema file cannot say, told in comments there",
                                        counted(result.notes, "thing"))));
  if (migration.empty())
    console.say(fmt::format("[{}] No SQL generated, you already have migrations in project",
                            console.blue("i")));
  else
    console.say(fmt::format("[{}] Your SQL migration file ➜ {}{}", console.green("✓"), migration,
                            flags.options.baseline ? " (counts as applied)" : ""));
  console.say(fmt::format("[{}] Your schema file is ready ➜ {}", console.green("✓"), schema));
  console.say(fmt::format("[{}] Your relations file is ready ➜ {}", console.green("✓"), relations));
  return 0;
}

}  // namespace

Action define_pull(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Writes schema.ts and relations.ts from the live database into the migrations folder\n"
      "(anew each time), and a first migration where there is none. What a schema file cannot\n"
      "say is told in comments.");
  app.add_flag("--baseline", flags->options.baseline,
               "the first migration can be run, and counts as applied here: it makes other\n"
               "databases like this one");
  flags->project =
      add_project_flags(app, old_dialect, {.out = true, .database = true, .filters = true});
  add_setting(app, flags->project, "--introspect-casing", "introspect.casing", "STYLE",
              "camel or preserve, for the keys of columns");
  app.footer("examples\n  tidemark pull\n  tidemark pull --baseline --url postgres://…\n");
  return [flags](Console& console) { return run_pull(*flags, console); };
}

}  // namespace tidemark
