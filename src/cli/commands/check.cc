#include "engine/check.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  CheckOptions options;
};

/// All problems as one error, so that text and JSON show them alike.
[[noreturn]] void refuse(const std::vector<Error>& problems) { throw_all(problems); }

int run_check(const Flags& flags, Console& console) {
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  CheckReport report = check_project(project, flags.options);
  show_warnings(project, console);
  for (const Error& remark : report.remarks)
    console.warn(remark.hint().empty() ? remark.message()
                                       : fmt::format("{} ({})", remark.message(), remark.hint()));
  if (!report.problems.empty()) refuse(report.problems);
  console.event("fine", {{"migrations", report.migrations}});
  console.say(fmt::format("Everything's fine: {} {}", report.migrations,
                          report.migrations == 1 ? "migration" : "migrations"));
  return 0;
}

}  // namespace

Action define_check(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Looks at the migrations folder and the schema, at no database. Exits with 3 when a file\n"
      "is missing or malformed, when two migrations were made from the same state on different\n"
      "branches, when the journal is out of order, or when the schema is ahead of the folder.");
  app.add_flag("!--no-schema", flags->options.schema, "do not evaluate the schema files");
  flags->project = add_project_flags(app, old_dialect, {.schema = true, .out = true});
  app.footer(
      "Whether a file was edited after it was applied only a database knows: see\n"
      "`tidemark status --exit-code`.\n\n"
      "examples\n  tidemark check            in CI, before merging\n");
  return [flags](Console& console) { return run_check(*flags, console); };
}

}  // namespace tidemark
