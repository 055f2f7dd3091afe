// `generate`: the difference between the folder and the schema becomes a migration.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "folder/document.h"

namespace tidemark {

struct GenerateOptions {
  std::string name;     // of the migration; empty: made up
  bool custom = false;  // an empty file for SQL written by hand
  bool check = false;   // only tell whether a migration is missing
};

struct GenerateResult {
  std::vector<TableSummary> tables;
  std::vector<std::string> standins;  // modules that were stood in for
  Plan plan;                          // empty when the folder is up to date
  std::string tag;                    // empty when nothing was written
  std::filesystem::path file, way_back;
};

/// Writes nothing unless everything succeeded.
GenerateResult generate(Project& project, const GenerateOptions& options, RenameResolver& renames);

}  // namespace tidemark
