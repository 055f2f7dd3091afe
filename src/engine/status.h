// `status`: where the database stands against the folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apply/kept_rows.h"
#include "apply/status.h"
#include "engine/engine.h"

namespace tidemark {

struct StatusReport {
  DatabaseSource database;
  std::filesystem::path folder, config_file;
  Status status;
  std::vector<LogEntry> log = {};         // every run of every migration
  std::vector<KeptRows> kept = {};        // for rollbacks
  std::optional<std::size_t> drift = {};  // statements; absent where it cannot be told

  /// Every migration is applied as it stands in the folder, and nothing else is.
  bool up_to_date() const;
};

StatusReport status_of(Project& project);

/// What a state means for the reader, where the word alone does not say it, and what to do
/// about it. Either may be empty.
std::string remark_on(const MigrationStatus& migration, bool refuses_late);
std::string help_for(const MigrationStatus& migration, bool refuses_late);

}  // namespace tidemark
