// A connection to a live database, whatever its driver. No C type of a driver
// appears here, and no SQL is composed here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A value as the database's text form; empty for NULL.
using Value = std::optional<std::string>;

struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
};

/// What the server said about a statement that failed. Thrown by connections
/// and translated by the layer that knows the statement's file and line.
struct DatabaseError : std::exception {
  std::string message;           // primary message
  std::string code = {};         // SQLSTATE, or SQLite's extended result code name
  std::string detail = {};       // may be empty
  std::string hint = {};         // may be empty
  std::uint32_t position = 0;    // 1-based character offset in the SQL; 0 unknown
  bool connection_lost = false;  // the outcome of what was sent is unknown
  const char* what() const noexcept override { return message.c_str(); }
};

/// One session. Not shared between threads. Closing is the destructor's job.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Runs one statement and returns all its rows. Parameters are `$1` on
  /// PostgreSQL and `?1` on SQLite.
  virtual Rows query(std::string_view sql, std::span<const Value> parameters = {}) = 0;

  /// Runs statements one after the other in as few round trips as the driver
  /// allows. `failed` gets the index of the statement an error belongs to.
  virtual void run(std::span<const std::string> statements, std::size_t* failed = nullptr) = 0;
};

}  // namespace tidemark
