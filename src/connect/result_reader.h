// Results as they come, for who shows or exports them: row by row, with what each
// value is, and stoppable from another thread. The drivers that can are both a
// Connection and a ResultReader.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connection.h"

namespace tidemark {

/// SQLite's storage classes; PostgreSQL's values are all text.
enum class CellKind : char { null = 'n', integer = 'i', real = 'r', text = 't', blob = 'b' };

struct ResultColumn {
  std::string name;
  std::string type;  // where the driver knows it without asking, else empty
};

struct ResultRow {
  std::vector<Value> values;  // a blob's are its bytes; a real is the shortest exact one
  std::vector<CellKind> kinds;
};

struct ResultSink {
  std::function<void(const std::vector<ResultColumn>&)> head;
  std::function<bool(const ResultRow&)> row;  // false: no more of them
};

struct ResultEnd {
  std::uint64_t affected = 0;  // rows that a statement changed
  bool returns_rows = false;
};

class ResultReader {
 public:
  virtual ~ResultReader() = default;

  /// Runs one statement. Throws DatabaseError. Where the sink wants no more, the
  /// statement is cancelled, and a transaction around it has failed.
  virtual ResultEnd read(std::string_view sql, std::span<const Value> parameters,
                         const ResultSink& sink) = 0;

  /// Ends the running statement, if there is one, which then fails. From any thread.
  virtual void cancel() = 0;
};

}  // namespace tidemark
