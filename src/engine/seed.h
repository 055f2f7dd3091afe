// `seed` without a script: rows from files, and rows that are made up.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "run/program.h"
#include "seed/generate.h"

namespace tidemark {

struct SeedOptions {
  bool reset = false;    // empty every table first
  bool upsert = false;   // a row whose key is there already is updated
  bool dry_run = false;  // nothing is written
  /// Told of every thousand rows or so that a table got, and how many it has got by then.
  std::function<void(const std::string& table, std::size_t rows)> progress = {};
};

/// What was put where.
struct SeedPart {
  std::string what;  // a table's name, or a file of SQL
  std::size_t count = 0;
  bool is_sql = false;  // then `count` counts statements
};

struct SeedReport {
  DatabaseSource database;
  std::vector<std::string> emptied = {};  // tables
  std::vector<SeedPart> parts = {};
  std::vector<std::string> notes = {};
};

/// Files of SQL, CSV and JSON, in order of their names; none when there is no such folder.
std::vector<std::filesystem::path> seed_files_in(const std::filesystem::path& folder);

/// In one transaction.
SeedReport seed_from_files(Project& project, const std::vector<std::filesystem::path>& files,
                           const SeedOptions& options);

SeedReport seed_made_up(Project& project, const seed::Profile& profile, std::uint64_t number,
                        const SeedOptions& options);

/// Empties every table of the configured database.
SeedReport reset_tables(Project& project, const SeedOptions& options);

/// What empties them, to be run by a script's own transaction, and how many tables there are.
std::pair<run::Beginning, std::size_t> reset_beginning(Project& project);

}  // namespace tidemark
