// `run` and the script of `seed`: a script of the project, with its variables.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "run/program.h"

namespace tidemark {

struct ScriptRequest {
  std::filesystem::path file;  // relative to the working folder
  std::vector<std::string> arguments = {};
  bool transaction = false;
  bool dry_run = false;
  std::optional<run::Beginning> beginning = {};
  std::optional<std::chrono::milliseconds> time_limit = {};
};

/// Its exit code. Throws Error(Fault::usage) when there is no such file, and what the script
/// did not catch.
int run_script(Project& project, const ScriptRequest& request);

/// The project's seed script: the one that package.json's `db:seed` runs, else one in the
/// usual places. Empty when there is none.
std::filesystem::path find_seed_script(const Project& project);

}  // namespace tidemark
