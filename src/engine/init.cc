#include "engine/init.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "base/files.h"
#include "base/text.h"
#include "engine/starter.h"
#include "source/config.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// Where projects keep their schema, the likeliest first.
constexpr std::array<std::string_view, 14> usual_schemas = {
    "src/db/schema.ts",        "shared/schema.ts",    "src/lib/db/schema.ts",
    "src/server/db/schema.ts", "src/schema.ts",       "src/lib/server/db/schema.ts",
    "src/database/schema.ts",  "db/schema.ts",        "server/db/schema.ts",
    "lib/db/schema.ts",        "app/db/schema.ts",    "schema.ts",
    "src/db/schema.js",        "src/lib/db/schema.js"};

std::string existing_schema(const fs::path& cwd) {
  for (std::string_view path : usual_schemas)
    if (fs::exists(cwd / path)) return std::string(path);
  if (fs::is_directory(cwd / "src/db/schema")) return "src/db/schema";
  return {};
}

struct Choice {
  Engine engine;
  std::string reason;
};

std::optional<Choice> choice_of_flag(const std::string& dialect) {
  if (dialect.empty()) return std::nullopt;
  if (dialect == "postgresql") return Choice{Engine::postgresql, "--dialect"};
  if (dialect == "sqlite") return Choice{Engine::sqlite, "--dialect"};
  if (dialect == "turso") return Choice{Engine::turso, "--dialect"};
  std::vector<std::string> known = {"postgresql", "sqlite", "turso"};
  std::string meant = did_you_mean(dialect, known);
  throw Error(Fault::usage, fmt::format("dialect \"{}\" is not supported", dialect))
      .hint(meant.empty() ? "postgresql, sqlite and turso are."
                          : fmt::format("Did you mean \"{}\"?", meant));
}

std::optional<Choice> choice_of_schema(const fs::path& cwd, const std::string& schema) {
  if (schema.empty() || !fs::is_regular_file(cwd / schema)) return std::nullopt;
  std::string text = read_file(cwd / schema);
  if (text.find("drizzle-orm/pg-core") != std::string::npos)
    return Choice{Engine::postgresql, schema};
  if (text.find("drizzle-orm/sqlite-core") != std::string::npos)
    return Choice{Engine::sqlite, schema};
  return std::nullopt;
}

std::optional<Choice> choice_of_variables(const Environment& environment) {
  for (const char* name : {"DATABASE_URL", "POSTGRES_URL"}) {
    const std::string* url = environment.find(name);
    if (!url) continue;
    if (url->starts_with("postgres://") || url->starts_with("postgresql://"))
      return Choice{Engine::postgresql, name};
    if (url->starts_with("libsql://")) return Choice{Engine::turso, name};
  }
  for (const char* name : {"TURSO_DATABASE_URL", "TURSO_CONNECTION_URL"})
    if (environment.find(name)) return Choice{Engine::turso, name};
  return std::nullopt;
}

std::optional<Choice> choice_of_packages(const fs::path& cwd) {
  auto text = read_file_if_exists(cwd / "package.json");
  if (!text) return std::nullopt;
  for (const char* package : {"pg", "postgres", "@neondatabase/serverless", "@vercel/postgres"})
    if (text->find(fmt::format("\"{}\":", package)) != std::string::npos)
      return Choice{Engine::postgresql, fmt::format("{} in package.json", package)};
  return std::nullopt;
}

Choice choose_engine(const InitOptions& options, const std::string& schema) {
  if (auto choice = choice_of_flag(options.dialect)) return *choice;
  if (auto choice = choice_of_schema(options.cwd, schema)) return *choice;
  if (auto choice = choice_of_variables(read_environment(options.cwd, {}))) return *choice;
  if (auto choice = choice_of_packages(options.cwd)) return *choice;
  return {Engine::sqlite, "the default: a file, no server"};
}

}  // namespace

Initialised init(const InitOptions& options) {
  std::string found = options.schema.empty() ? existing_schema(options.cwd) : options.schema;
  Choice choice = choose_engine(options, found);
  std::string schema = found.empty() ? "src/db/schema.ts" : found;
  Initialised result{.engine = choice.engine, .reason = choice.reason};

  auto write = [&](const fs::path& file, const std::string& text) {
    if (fs::exists(options.cwd / file)) return result.untouched.push_back(file);
    write_file(options.cwd / file, text);
    result.written.push_back(file);
  };
  if (fs::path config = find_config({.cwd = options.cwd}); !config.empty()) {
    // A project that is set up already needs nothing from us.
    result.untouched.push_back(config.filename());
    return result;
  }
  write(schema, starter_schema(choice.engine));
  write("drizzle.config.ts",
        starter_config(choice.engine, schema, options.out.empty() ? "drizzle" : options.out));
  return result;
}

}  // namespace tidemark
