// The rows of a SQLite table as SQL literals, page by page. A libSQL server answers with
// 10 MB at most, so a page grows and shrinks with its rows, and what is larger than that
// by itself is read in pieces.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "engine/sqlite_contents.h"
#include "tidemark/catalog.h"

namespace tidemark {

class TableRows {
 public:
  TableRows(Connection& database, const StoredObject& table);

  /// What an INSERT of the rows names: `"t" (rowid, "a")`.
  std::string target() const;

  /// `(1, 'a')` each. Empty: there are no more.
  std::vector<std::string> next();

 private:
  void read_columns(const StoredObject& table);
  std::string page(std::size_t rows) const;
  std::vector<std::string> take(const Rows& rows);
  void adapt(std::size_t rows, std::size_t bytes);
  std::string large_row();
  std::string large_value(const std::string& column, const std::string& row);

  Connection& database_;
  Name table_;
  std::string rowid_;               // the word for it, which no column hides; may be empty
  std::vector<std::string> key_;    // expressions that rows are ordered by
  std::vector<Name> columns_;       // without generated ones
  std::vector<std::string> after_;  // the key of the last row, as literals
  std::size_t size_ = 200;
  bool ended_ = false;
};

}  // namespace tidemark
