// Keeps the rows of other tables while SQLite's tables are rebuilt. Dropping the
// old table deletes its rows, and with foreign keys on that deletes the rows which
// refer to them; the pragma that prevents it does nothing inside a transaction. So
// it is set before the transaction begins, and the result is checked before it is
// committed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "apply/broken_keys.h"
#include "apply/kept_objects.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

class RebuildGuard {
 public:
  /// Switches foreign keys off until destruction, if tables are going to be rebuilt.
  RebuildGuard(Connection& database, bool active);
  ~RebuildGuard();
  RebuildGuard(const RebuildGuard&) = delete;
  RebuildGuard& operator=(const RebuildGuard&) = delete;

  bool active() const { return active_; }

  /// To be called inside the transaction, around all statements and around each.
  /// They throw DatabaseError when rows were lost or left without their parent.
  void begin();
  void before(const MigrationStatement& statement);
  void after(const MigrationStatement& statement);
  void end();

 private:
  using Counts = std::map<std::string, long long>;

  Counts rows_referring_to(const std::string& table);
  Counts rows_of(const std::vector<std::string>& tables);

  Connection& database_;
  bool active_;
  KeptObjects kept_;
  BrokenKeys broken_before_;
  Counts rows_before_;
  std::string dropped_;
};

}  // namespace tidemark
