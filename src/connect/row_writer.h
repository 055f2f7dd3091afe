// Many rows through one statement, for who fills tables. The drivers that can are both a
// Connection and a RowWriter.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "connect/connection.h"

namespace tidemark {

/// Rows on their way. While it lives the connection does nothing else. Destroying one that
/// was not finished fails the statement. Throws DatabaseError, from any call for rows that
/// an earlier one wrote; its `index` is the row's where there is no `context` that tells.
class RowStream {
 public:
  virtual ~RowStream() = default;
  virtual void write(std::span<const std::vector<Value>> rows) = 0;
  virtual void finish() = 0;
};

class RowWriter {
 public:
  virtual ~RowWriter() = default;

  /// `sql` is COPY … FROM STDIN in PostgreSQL, elsewhere an INSERT of one row with `$1` ….
  virtual std::unique_ptr<RowStream> write_rows(const std::string& sql) = 0;
};

}  // namespace tidemark
