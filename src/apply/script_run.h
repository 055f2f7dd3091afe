// What whoever runs a script does alike: transactions, limits of waiting, telling.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/lock.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

class ScriptRun {
 protected:
  using Clock = std::chrono::steady_clock;

  ScriptRun(Connection& database, std::chrono::milliseconds lock_timeout, const EventSink& events)
      : database_(database),
        events_(events),
        lock_timeout_(lock_timeout),
        settings_(transaction_settings(database, lock_timeout)) {}
  ~ScriptRun() = default;

  bool postgres() const { return database_.engine() == Engine::postgresql; }

  void begin();
  /// Also where the server has done it already, or is gone.
  void roll_back();
  /// Before a statement outside any transaction. One that lets others end first has `longest`.
  void limit_waiting(const MigrationStatement& statement, std::chrono::milliseconds longest);
  void tell(const std::string& tag, const Script& script, std::size_t statement,
            Clock::time_point start);

  /// Throws DatabaseError, with `at_` at the statement that changed the columns.
  void check_columns(const Script& script, const Part& part);

  Connection& database_;
  const EventSink& events_;
  std::size_t at_ = 0;  // the statement that is running

 private:
  std::chrono::milliseconds lock_timeout_;
  std::vector<Command> settings_;  // of each transaction
};

}  // namespace tidemark
