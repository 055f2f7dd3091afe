// Backups of libSQL databases: SQLite files that hold the same.
#pragma once

#include <filesystem>
#include <string>

#include "connect/database_url.h"
#include "connect/turso/platform.h"
#include "engine/backup.h"

namespace tidemark {

/// The first label of the host, which names the database on Turso.
std::string libsql_name(const DatabaseUrl& url);

/// Into an empty file. With an account that has the database, a branch is read instead,
/// which nobody writes to. Returns what others could do meanwhile.
std::string back_up_libsql(const DatabaseUrl& url, const TursoAccount& account,
                           const std::filesystem::path& file, const CopySink& progress,
                           const WarningSink& warn);

bool libsql_is_empty(const DatabaseUrl& url);

/// Replaces what is in the database.
void restore_libsql(const DatabaseUrl& url, const std::filesystem::path& file,
                    const CopySink& progress);

}  // namespace tidemark
