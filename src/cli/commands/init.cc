#include "engine/init.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

std::string_view engine_name(Engine engine) {
  return engine == Engine::postgresql ? "PostgreSQL" : engine == Engine::turso ? "Turso" : "SQLite";
}

int run_init(const InitOptions& options, Console& console) {
  Initialised result = init(options);
  for (const auto& file : result.untouched) {
    console.event("untouched", {{"file", file.string()}});
    console.say(fmt::format("  {} {} is there already", console.dim("·"), file.string()));
  }
  for (const auto& file : result.written) {
    console.event("written", {{"file", file.string()}});
    console.say(fmt::format("  {} {}", console.green("+"), file.string()));
  }
  if (result.written.empty()) {
    console.say("This project is set up already. Next: tidemark generate");
    return 0;
  }
  console.event("initialised", {{"engine", engine_name(result.engine)}, {"reason", result.reason}});
  console.say(fmt::format("\n{} ({}). Next:\n", engine_name(result.engine), result.reason));
  console.say("  tidemark generate\n  tidemark migrate");
  return 0;
}

}  // namespace

Action define_init(CommandLine& app, std::string_view old_dialect) {
  auto options = std::make_shared<InitOptions>();
  options->dialect = old_dialect;
  app.description(
      "Writes drizzle.config.ts, and a starter schema where there is none. The dialect follows\n"
      "from the schema, DATABASE_URL or package.json; in an empty folder it is SQLite, which\n"
      "needs nothing else installed. Overwrites nothing.");
  app.add_option("--dialect", options->dialect, "postgresql, sqlite or turso").type_name("NAME");
  app.add_option("--schema", options->schema, "where the schema is, or shall be").type_name("PATH");
  app.add_option("--out", options->out, "migrations folder; default ./drizzle").type_name("FOLDER");
  add_json_flag(app);
  app.footer("examples\n  tidemark init && tidemark generate && tidemark migrate\n");
  return [options](Console& console) {
    options->cwd = std::filesystem::current_path();
    return run_init(*options, console);
  };
}

}  // namespace tidemark
