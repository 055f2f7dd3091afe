// Brings a database up to the folder: lock, compare, run what is pending, record.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/history_table.h"
#include "apply/keeper.h"
#include "apply/status.h"
#include "connect/connection.h"
#include "folder/migration_file.h"

namespace tidemark {

struct MigrateOptions {
  Path history = default_history();
  std::string to = {};                          // the last tag to apply; empty for all
  bool single_transaction = false;              // all pending migrations or none
  std::chrono::milliseconds wait{600'000};      // for another migrator, and for locked tables
  std::chrono::milliseconds lock_timeout{200};  // of one try; 0 waits without limit
  std::uint64_t keep_rows = rows_kept;          // of what is destroyed; more are not kept
  bool refuses_late = false;                    // nothing runs while there is a late one
  bool refuses_edited = false;                  // … or one whose file was edited
  std::string version = {};                     // of this program, for the log
  /// Plain migrations go to a libSQL server several in a request, until they have so many
  /// statements, each in a transaction of its own; 1: one by one, as what looks between needs.
  std::size_t statements_in_request = 200;
};

/// What does not stop a run but should be known: edited, late and missing files.
std::vector<Remark> remarks_on(const Status& status);

/// Throws Error(Fault::answer_needed) where the policies stop a run in this state.
void require_allowed(const Status& status, const MigrateOptions& options);

/// Applies what is pending, each migration in one transaction together with its
/// history row. Exactly once, also when several run at the same time.
///
/// Throws Error: failed (nothing is half done), answer_needed (an old migration
/// may or may not be applied, or a policy stops the run), locked (another migrator, or a table,
/// beyond `wait`), halfway (stopped outside a transaction, recorded; the next run resumes),
/// interrupted (rolled back). Returns how many were applied.
std::size_t migrate(Connection& database, std::span<const MigrationFile> migrations,
                    const MigrateOptions& options, const EventSink& events);

}  // namespace tidemark
