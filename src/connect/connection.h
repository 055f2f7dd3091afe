// A connection to a live database, whatever its driver. No C type of a driver
// appears here, and no SQL is composed here.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// A value as the database's text form; empty for NULL.
using Value = std::optional<std::string>;

struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
  std::vector<std::uint32_t> types = {};  // PostgreSQL's number of each column's type, else empty
  std::string tag = {};                   // PostgreSQL's word for what was done: "INSERT 0 1"
};

/// One statement with its values, `$1`, `$2` … in the order of their first use.
/// One that has values is likely to come again, and may be kept prepared.
struct Command {
  std::string sql;
  std::vector<Value> parameters = {};
  bool timed = false;  // its end is to be seen when it happens, not with the next one's
};

/// What the server said about a statement that failed. Thrown by connections
/// and translated by the layer that knows the statement's file and line.
struct DatabaseError : std::exception {
  explicit DatabaseError(std::string what, std::string which = {})
      : message(std::move(what)), code(std::move(which)) {}

  std::string message;       // primary message
  std::string code = {};     // SQLSTATE, or the name of SQLite's extended result code
  std::string detail = {};   // may be empty
  std::string hint = {};     // may be empty
  std::string context = {};  // where inside a function, may be empty
  std::string schema = {}, table = {}, column = {}, constraint = {};  // what PostgreSQL names
  std::uint32_t position = 0;    // 1-based byte offset in the SQL; 0 unknown
  std::size_t index = 0;         // of the statement, when several were run
  bool connection_lost = false;  // the outcome of what was sent is unknown
  const char* what() const noexcept override { return message.c_str(); }
};

/// One session. Not shared between threads. Closing is the destructor's job, and
/// rolls back what was not committed. A pending interruption (base/interruption.h)
/// cancels the running statement, which then fails like any other.
class Connection {
 public:
  using Progress = std::function<void(std::size_t index)>;

  virtual ~Connection() = default;

  /// The SQL that is spoken here; turso on a libSQL server only, not for a file.
  virtual Engine engine() const = 0;

  /// Runs one statement and returns all its rows.
  virtual Rows query(std::string_view sql, std::span<const Value> parameters = {}) = 0;

  /// Runs several and returns the rows of each, in as few round trips as the driver allows.
  virtual std::vector<Rows> query_all(std::span<const Command> queries) {
    std::vector<Rows> out;
    for (const Command& one : queries) out.push_back(query(one.sql, one.parameters));
    return out;
  }

  /// Runs statements one after the other in as few round trips as the driver
  /// allows, up to the first that fails. `done` is called as each one ends.
  virtual void run(std::span<const Command> commands, const Progress& done = {}) = 0;

  /// To be called by `done`: how long the statement took that ended, where the server says so.
  virtual std::optional<double> took_ms() const { return std::nullopt; }

  /// Runs one statement whose rows nobody wants.
  void execute(std::string sql) {
    Command command{std::move(sql)};
    run({&command, 1});
  }

  /// After a failure, whose cause is the one to tell: that there is nothing to roll back any
  /// more, or nobody to ask, is none.
  void roll_back() {
    try {
      execute("ROLLBACK");
    } catch (const DatabaseError&) {
    }
  }

  /// Bytes that can still be written where the database is; empty where nobody knows.
  virtual std::optional<std::uint64_t> room() { return std::nullopt; }

  /// `look` is called now and then while one statement runs, with the bytes that were
  /// written meanwhile, by drivers that can tell. Null: not any more.
  virtual void while_running(std::function<void(std::uint64_t)> look) { static_cast<void>(look); }

  /// Whether something between us and the server may give every transaction to
  /// another session, so that nothing outlives one: no session lock, no setting.
  virtual bool pooled() { return false; }

  /// What the server said beside results (NOTICE, WARNING) since the last call.
  virtual std::vector<std::string> take_notices() { return {}; }
};

}  // namespace tidemark
