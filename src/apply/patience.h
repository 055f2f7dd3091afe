// Waiting for what passes: a table that others use, a deadlock, a busy file. A
// statement that waits in PostgreSQL's lock queue stops everybody who comes after
// it, so each try is short, and the tries are repeated with pauses between.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/lock.h"
#include "apply/splitter.h"
#include "connect/connection.h"

namespace tidemark {

class Patience {
 public:
  Patience(Connection& database, const Deadline& deadline, const EventSink& events)
      : database_(database), deadline_(deadline), events_(events) {}

  /// Repeats `attempt` while it throws a DatabaseError that may pass. When the
  /// deadline is over: Error(Fault::locked) naming who is in the way.
  void operator()(const std::string& tag, const std::function<void()>& attempt);

  /// What the attempt had to wait in, so that who holds its tables can be named. Until the
  /// next call.
  void stuck_in(std::string statement) { statement_ = std::move(statement); }

  /// Names those for whom a statement is going to wait, if it lets all others end first.
  void foretell(const std::string& tag, const MigrationStatement& statement);
  std::chrono::milliseconds left() const { return deadline_.left(); }

 private:
  Duration tell(const std::string& tag, const DatabaseError& error, int tries);
  std::string others();
  std::vector<std::string> holders() const;
  std::vector<std::string> open_transactions(std::string_view and_only = "") const;

  Connection& database_;
  const Deadline& deadline_;
  const EventSink& events_;
  Duration waited_{0};
  std::string statement_;
};

/// Whether the same thing may succeed a moment later.
bool is_passing(const DatabaseError& error);

/// Whether somebody else has inserted the same row.
bool is_unique_violation(const DatabaseError& error);

}  // namespace tidemark
