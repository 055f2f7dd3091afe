// What happens while migrations run, as it happens. The executor prints nothing:
// terminal, JSON output and studio each show these in their own way.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace tidemark {

using Duration = std::chrono::duration<double, std::milli>;

struct RunStarted {
  std::size_t pending;  // migrations that will run
};
/// Somebody else migrates. Sent at once, and again about every second.
struct WaitingForLock {
  std::string holder;  // "pid 4711 (tidemark, app@10.0.0.7, since 12:00:01)"
  Duration waited;
};
struct MigrationStarted {
  std::string tag;
  std::size_t statements;
  std::size_t resumed_at;  // the first statement that runs now; 0: from the start
};
/// Now and then while a statement takes long.
struct StatementRunning {
  std::string tag;
  std::size_t number;  // from 1
  std::size_t of;
  Duration running;
  std::uint64_t written;  // bytes
};
struct StatementDone {
  std::string tag;
  std::size_t number;  // from 1
  std::size_t of;
  std::string sql;
  Duration took;
};
/// The transaction was rolled back because a lock was not granted in time (or
/// for a deadlock), and is tried again after `delay`.
struct Retrying {
  std::string tag;
  std::string reason;
  int attempt;
  Duration delay;
};
struct MigrationDone {
  std::string tag;
  std::size_t statements;
  Duration took;
};
/// A remark: of the server's (NOTICE), or about the folder (an edited file).
struct Remark {
  std::string tag;  // may be empty
  std::string text;
  std::string hint = {};  // what to do about it; may be empty
};
struct RunFinished {
  std::size_t applied;
  std::size_t edited;  // files that no longer are what was applied
  Duration took;
};

/// Something that a migration destroyed is kept for its way back.
struct RowsKept {
  std::string tag;
  std::string what;  // "3 values of users.age"
  std::uint64_t rows;
};
/// It is where it was again.
struct PutBack {
  std::string tag;
  std::string what;
  std::uint64_t rows;
};
struct RolledBack {
  std::string tag;
  std::size_t statements;
  Duration took;
};
struct RollbackFinished {
  std::size_t rolled_back;
  Duration took;
};

using Event = std::variant<RunStarted, WaitingForLock, MigrationStarted, StatementRunning,
                           StatementDone, Retrying, MigrationDone, Remark, RunFinished, RowsKept,
                           PutBack, RolledBack, RollbackFinished>;
using EventSink = std::function<void(const Event&)>;

}  // namespace tidemark
