// `migrate`: the database is brought up to the folder.
#pragma once

#include <string>

#include "apply/events.h"
#include "apply/migrate.h"
#include "apply/status.h"
#include "engine/engine.h"

namespace tidemark {

/// Applies what is pending. `options.history` is filled in from the configuration.
/// Returns how many migrations were applied.
std::size_t migrate_database(Project& project, MigrateOptions options, const EventSink& events);

/// What `migrate` would apply, in order. Changes nothing.
struct DryRun {
  std::string database;  // without secrets
  std::vector<MigrationFile> pending;
  std::vector<Remark> remarks;
};
DryRun dry_run(Project& project, const MigrateOptions& options);

}  // namespace tidemark
