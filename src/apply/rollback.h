// Takes migrations back: the way back, the proof that it led back, and the rows of
// history and log, in one transaction each.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "apply/catalog_check.h"
#include "apply/events.h"
#include "apply/history_table.h"
#include "apply/recorded_words.h"
#include "connect/connection.h"
#include "folder/migration_file.h"

namespace tidemark {

/// One migration that is to be taken back.
struct WayBack {
  std::string tag;
  std::optional<HistoryRow> row;  // that says it is applied; none: it stopped half-way
  std::size_t done = 0;           // … after so many statements
  MigrationFile file;             // the statements that lead back, and where they are written
  bool derived = false;           // they are written nowhere
  std::shared_ptr<CatalogCheck> check = {};  // null: nothing can prove it
  Definitions definitions = {};  // of what it brings back, where it runs in the record's words
};

struct RollbackOptions {
  Path history = default_history();
  std::chrono::milliseconds wait{600'000};      // for another migrator, and for locked tables
  std::chrono::milliseconds lock_timeout{200};  // of one try; 0 waits without limit
};

/// Whether the server refuses some of the statements inside a transaction.
bool runs_in_parts(const WayBack& way, Engine engine);

/// Takes them back in the order given: newest first. Each must be the newest that is
/// applied when its turn comes; one that stopped half-way must still stand where it did.
///
/// Throws Error: failed (nothing of that migration was changed; those before it are
/// taken back), halfway (stopped outside a transaction), locked, interrupted.
void roll_back(Connection& database, std::span<const WayBack> ways, const RollbackOptions& options,
               const EventSink& events);

}  // namespace tidemark
