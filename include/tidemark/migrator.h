// Migrations from C++: a program brings its own database up to date when it starts, as
// `tidemark migrate` would. Link `tidemark::migrator`.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tidemark/error.h"

namespace tidemark {

struct MigratorSettings {
  /// `postgresql://…`, a SQLite file as a path or a `file:` URL, or a libSQL server as
  /// `libsql://…` or `https://…`.
  std::string url;
  std::string auth_token = {};  // of a libSQL server
  /// What `tidemark generate` and Drizzle Kit write, of the same database system.
  std::filesystem::path folder = "drizzle";
  std::string history_schema = "drizzle";  // PostgreSQL only
  std::string history_table = "__drizzle_migrations";
  std::chrono::milliseconds wait{600'000};      // for another migrator, and for locked tables
  std::chrono::milliseconds lock_timeout{200};  // of one try on PostgreSQL; 0: without limit
};

struct AppliedMigration {
  std::string tag;  // "0003_add_phone"
  std::size_t statements = 0;
  std::chrono::duration<double, std::milli> took{0};
};

/// The tags of what `apply_migrations` would run, in order. Changes nothing.
/// Throws Error.
std::vector<std::string> pending_migrations(const MigratorSettings& settings);

/// Runs what is pending, each migration in one transaction with its history row: exactly
/// once, also where several programs start at the same time. Returns what was applied, in
/// order; empty where nothing was pending.
///
/// Throws Error: failed (what is told is rolled back, what was applied before it stays),
/// usage (no such folder, no URL), answer_needed, locked (another held the database longer
/// than `wait`), halfway (a statement outside of a transaction failed: the next run resumes).
std::vector<AppliedMigration> apply_migrations(const MigratorSettings& settings);

}  // namespace tidemark
