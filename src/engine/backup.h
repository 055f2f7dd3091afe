// `backup` and `restore`: the whole configured database, as a file and back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "engine/engine.h"

namespace tidemark {

/// How far it has come: pages of SQLite, tables of PostgreSQL, rows of libSQL's tables
/// (`of` 0: not known).
struct CopyStep {
  std::string what;  // "pages", or the table that is being copied
  std::uint64_t done = 0, of = 0;
};
using CopySink = std::function<void(const CopyStep&)>;
/// Takes what could not be tidied away, where that is no reason to fail.
using WarningSink = std::function<void(const std::string&)>;

struct BackupDone {
  std::filesystem::path file;
  std::uintmax_t bytes = 0;
  std::string database;  // without secrets
  std::string note;      // what others could do meanwhile
};

/// Where backups are unless told otherwise.
std::filesystem::path backup_folder(Project& project);

/// Writes a file: complete, verified and synced, or none. `file` empty: a name of the
/// database and the time in `backup_folder`. Throws Error(Fault::failed).
BackupDone back_up(Project& project, const std::optional<std::filesystem::path>& file,
                   const CopySink& progress, const WarningSink& warn);

struct RestoreRequest {
  std::filesystem::path file;
  bool force = false;        // what is in the database may be replaced
  bool no_owner = false;     // PostgreSQL: who restores owns it, and rights are not given
  std::string section = {};  // PostgreSQL: only pg_dump's "pre-data" or "post-data"
};

/// Brings the configured database to what the file holds: wholly, or not at all. Throws
/// Error: answer_needed for a database that is not empty unless `force`, failed.
void restore(Project& project, const RestoreRequest& request, const CopySink& progress);

}  // namespace tidemark
