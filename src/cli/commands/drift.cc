#include "engine/drift.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/plan_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string name;
  std::string fix;  // "migration", "schema"; empty without
};

void show(Console& console, std::string_view against, const Difference& difference) {
  std::size_t count = difference.closing.statements.size();
  console.event("drift", {{"against", against}, {"statements", count}});
  for (const Undecided& one : difference.undecided)
    console.warn(fmt::format("{} may differ:\n  database  {}\n  wanted    {}", undecided_name(one),
                             one.live, one.wanted));
  if (count == 0) return console.say(fmt::format("[{}] as {} says", console.green("✓"), against));
  console.say(fmt::format("[{}] not as {} says; {} would close it:", console.yellow("!"), against,
                          counted(count, "statement")));
  show_plan(console, difference.closing, PlanDetail::whole_sql);
  console.say();
}

std::string why_without_folder(const DriftReport& report) {
  if (report.tag.empty()) return "no migration is applied";
  return fmt::format("the folder keeps no snapshot of {}, the last one applied", report.tag);
}

/// Shows the edit of the schema files; nothing is written.
void show_edit(Console& console, const Project& project, const SchemaEdit& edit) {
  for (const SchemaEdit::File& file : edit.files) {
    console.event("schema_edit", {{"file", project.shown(file.path)}, {"diff", file.diff}});
    console.say(file.diff);
  }
  for (const std::string& one : edit.by_hand)
    console.warn(fmt::format("no place was found in the schema files for: {}", one));
}

int run_drift(const Flags& flags, Console& console) {
  Project project(*flags.project);
  DriftReport report = drift_of(project);
  for (const std::string& warning : project.take_warnings()) console.warn(warning);
  console.say(fmt::format("database  {}", report.database.url.shown));
  if (report.folder)
    show(console, "folder@" + report.tag, *report.folder);
  else
    console.say(fmt::format("[{}] {}", console.blue("i"), why_without_folder(report)));
  if (report.schema) show(console, "the schema", *report.schema);
  bool drifted = report.folder ? !report.folder->closing.statements.empty()
                               : report.schema && !report.schema->closing.statements.empty();
  if (flags.fix == "schema") {
    show_edit(console, project, accepting_edit(project, report));
    return report.schema->closing.statements.empty() ? 0 : static_cast<int>(Fault::found);
  }
  if (drifted && !flags.fix.empty() && report.folder) {
    std::string file = project.shown(write_drift_fix(project, report, flags.name));
    console.event("generated", {{"file", file}});
    console.say(fmt::format("[{}] Your SQL migration file ➜ {}", console.green("✓"), file));
    return 0;
  }
  return drifted ? static_cast<int>(Fault::found) : 0;
}

}  // namespace

Action define_drift(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Compares the live database with what the applied migrations say it is, and with the\n"
      "schema files, object by object, with the SQL that closes the difference. Exits 3 when\n"
      "somebody changed the database past its migrations. Changes nothing.");
  app.add_option("--fix", flags->fix,
                 "write what closes the drift from the folder as a migration; `--fix schema` "
                 "shows the edit of the schema files that accepts the database as it is, as a "
                 "diff that `patch -p0` takes")
      .type_name("[migration|schema]")
      .may_be_left_out("migration")
      .one_of({"migration", "schema"});
  app.add_option("--name", flags->name, "its name; else close_drift").type_name("NAME");
  flags->project = add_project_flags(
      app, old_dialect, {.schema = true, .out = true, .database = true, .filters = true});
  app.footer("examples\n  tidemark drift\n  tidemark drift --fix --env-file .env.production\n");
  return [flags](Console& console) { return run_drift(*flags, console); };
}

}  // namespace tidemark
