#include "engine/run_script.h"

#include <fmt/format.h>

#include <array>

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "run/program.h"

namespace tidemark {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 6> endings = {".ts", ".mts", ".js", ".mjs", ".cjs", ".cts"};

bool is_script(std::string_view word) {
  for (std::string_view ending : endings)
    if (word.ends_with(ending)) return true;
  return false;
}

/// `./seed` for `./seed.ts`, as the loaders of TypeScript take it.
fs::path with_ending(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return path;
  for (std::string_view ending : endings)
    if (fs::path whole = path.string() + std::string(ending); fs::is_regular_file(whole, ignored))
      return whole;
  return {};
}

/// The script in a command such as `tsx --env-file=.env src/db/seed.ts`.
fs::path script_in(const fs::path& cwd, const std::string& command) {
  for (const std::string& word : split(command, " "))
    if (is_script(word))
      if (fs::path found = with_ending(cwd / word); !found.empty()) return found;
  return {};
}

fs::path script_of_package(const fs::path& cwd) {
  std::optional<std::string> text = read_file_if_exists(cwd / "package.json");
  if (!text) return {};
  json::value package = parse_json(*text, (cwd / "package.json").string());
  for (auto [group, name] : {std::pair{"scripts", "db:seed"},
                             {"scripts", "seed"},
                             {"scripts", "db-seed"},
                             {"scripts", "database:seed"},
                             {"prisma", "seed"}}) {
    const json::object* object = package.if_object();
    const json::value* scripts = object ? object->if_contains(group) : nullptr;
    if (!scripts || !scripts->is_object()) continue;
    const json::value* command = scripts->as_object().if_contains(name);
    if (!command || !command->is_string()) continue;
    fs::path found = script_in(cwd, std::string(command->as_string()));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

int run_script(Project& project, const ScriptRequest& request) {
  fs::path file = with_ending(project.cwd() / request.file);
  if (file.empty())
    throw Error(Fault::usage, fmt::format("there is no script {}", request.file.string()))
        .hint("The path starts at the current folder.");
  run::Program program{.file = fs::weakly_canonical(file),
                       .arguments = request.arguments,
                       .cwd = project.cwd(),
                       .environment = {},
                       .transaction = request.transaction,
                       .beginning = request.beginning,
                       .dry_run = request.dry_run};
  for (const auto& [name, variable] : project.environment().variables)
    program.environment.emplace(name, variable.value);
  if (request.time_limit) program.time_limit = *request.time_limit;
  return run::run_program(program);
}

fs::path find_seed_script(const Project& project) {
  const fs::path& cwd = project.cwd();
  if (fs::path found = script_of_package(cwd); !found.empty()) return found;
  for (const char* place :
       {"src/database/seed", "src/db/seed", "src/server/db/seed", "src/lib/db/seed", "src/seed",
        "server/db/seed", "lib/db/seed", "database/seed", "db/seed", "drizzle/seed", "prisma/seed",
        "scripts/seed", "seeds/index", "src/seeds/index", "seed"})
    if (fs::path found = with_ending(cwd / place); !found.empty()) return found;
  return {};
}

}  // namespace tidemark
