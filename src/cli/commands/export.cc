#include "engine/export.h"

#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string source = "schema";
  bool sql = true;
};

int run_export(const Flags& flags, Console& console) {
  Project project(*flags.project);
  std::string sql = export_sql(project, flags.source);
  show_warnings(project, console);
  if (console.json())
    console.event("exported", {{"sql", sql}});
  else
    console.raw(sql + "\n");
  return 0;
}

}  // namespace

Action define_export(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description("Prints the SQL that makes the whole schema in an empty database.");
  app.add_option("SOURCE", flags->source, "schema (default), folder, folder@TAG, or a file")
      .type_name("");
  app.add_flag("--sql", flags->sql, "as SQL (default)");
  flags->project = add_project_flags(app, old_dialect, {.schema = true, .out = true});
  app.footer("examples\n  tidemark export > schema.sql\n  tidemark export folder@0003_orders\n");
  return [flags](Console& console) { return run_export(*flags, console); };
}

}  // namespace tidemark
