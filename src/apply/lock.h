// Keeps two migrators apart. It saves work and tells who is busy; that a migration
// runs once only does not rest on it but on the log's unique row.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/history_table.h"
#include "connect/connection.h"

namespace tidemark {

/// Time that is left of `--wait`.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds wait) : end_(Clock::now() + wait) {}
  bool over() const { return Clock::now() >= end_; }
  /// At least a millisecond: nothing would mean no limit to PostgreSQL.
  std::chrono::milliseconds left() const;
  /// Sleeps a while, at most until the end; wakes early when interrupted.
  void sleep(Duration duration) const;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point end_;
};

/// The key of the advisory lock on one history table.
std::string lock_key(const HistoryTable& history);

/// PostgreSQL: has the server look every second whether we are still there. Else it would
/// work on for a killed migrator, and hold its locks, to the end of the statement.
void notice_our_death(Connection& database);

/// What each transaction on PostgreSQL begins with. Behind a pooler, which gives every
/// transaction another session, that is also the look at whether we are still there.
/// To be asked outside transactions; nothing on other engines.
std::vector<Command> transaction_settings(Connection& database,
                                          std::chrono::milliseconds lock_timeout);

/// PostgreSQL's session lock on one history table; on SQLite, whose transactions
/// lock the whole file anyway, nothing. It is tried again and again outside any
/// transaction and never waited in: a waiting session would hold up CREATE INDEX
/// CONCURRENTLY of the very migrator it waits for. Released with the session.
/// Behind a pooler there is no session to hold it: each transaction takes it itself.
class MigrationLock {
 public:
  /// Throws Error(Fault::locked) naming the holder when the deadline is over.
  MigrationLock(Connection& database, const HistoryTable& history, const Deadline& deadline,
                const EventSink& events);
  ~MigrationLock();
  MigrationLock(const MigrationLock&) = delete;
  MigrationLock& operator=(const MigrationLock&) = delete;

 private:
  bool try_once();
  std::string holder();

  Connection& database_;
  std::string key_;  // empty while nothing is held
};

}  // namespace tidemark
