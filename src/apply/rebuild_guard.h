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
#include "apply/events.h"
#include "apply/kept_clauses.h"
#include "apply/kept_objects.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

class RebuildGuard {
 public:
  /// What is going to happen to tables and views.
  struct Plan {
    bool rebuilds = false;  // tables: foreign keys are off until destruction
    bool remakes = false;   // views
    bool alters = false;    // columns in their place
    Unwanted unwanted = {};
  };
  RebuildGuard(Connection& database, Plan plan);
  ~RebuildGuard();
  RebuildGuard(const RebuildGuard&) = delete;
  RebuildGuard& operator=(const RebuildGuard&) = delete;

  /// Whether the statements have to run one by one.
  bool active() const { return plan_.rebuilds || plan_.remakes || plan_.alters; }

  /// To be called inside the transaction, around all statements and around each, which
  /// is to be run as `before` gives it back. They throw DatabaseError when rows were lost
  /// or left without their parent.
  void begin();
  std::string before(const Script& script, std::size_t index);
  void after(const Script& script, std::size_t index);
  void end();

  /// What there is to say once the transaction is committed.
  std::vector<Remark> take_remarks();

 private:
  using Counts = std::map<std::string, long long>;

  Counts rows_referring_to(const std::string& table);
  Counts rows_of(const std::vector<std::string>& tables);

  Connection& database_;
  Plan plan_;
  KeptObjects objects_;
  KeptClauses clauses_;
  BrokenKeys broken_before_;
  Counts rows_before_;
  std::string dropped_;
};

}  // namespace tidemark
