// `pull`: schema files from a live database.
#pragma once

#include <filesystem>

#include "engine/engine.h"
#include "schema_text/schema_text.h"
#include "tidemark/catalog.h"

namespace tidemark {

struct PullOptions {
  bool baseline = false;  // the first migration can be run, and counts as applied
};

struct PullResult {
  DatabaseSource database;
  Catalog catalog;
  std::size_t notes = 0;                    // what TypeScript cannot say, told in comments
  std::filesystem::path schema, relations;  // written anew
  std::filesystem::path migration;          // empty: the folder has migrations already
};

/// Writes schema.ts and relations.ts into the migrations folder and, where that has no
/// migrations yet, a first one that makes the database as it is: as a comment, unless it is
/// a baseline.
PullResult pull(Project& project, const PullOptions& options);

/// How a configuration has TypeScript written.
SchemaTextOptions schema_text_options(const Config& config);

}  // namespace tidemark
