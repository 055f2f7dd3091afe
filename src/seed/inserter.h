// Puts rows into tables by the fastest way that the database has for them.
#pragma once

#include <functional>
#include <memory>

#include "connect/row_writer.h"
#include "seed/copied_rows.h"
#include "seed/rows.h"

namespace tidemark::seed {

/// What the database said of a row; its `column` is named where the message does not.
struct RefusedRow : DatabaseError {
  explicit RefusedRow(const DatabaseError& error, std::optional<std::size_t> place = {})
      : DatabaseError(error), offset(place) {}

  std::optional<std::size_t> offset;  // in its file, where it is known
};

class Inserter {
 public:
  /// Both must outlive it.
  Inserter(Connection& database, const Catalog& catalog);

  /// Rows for the same columns that come one after the other go in together: what is wrong
  /// with some may be told with later ones, or by `finish`. Throws RefusedRow.
  void insert(const TableRows& rows, const Insertion& insertion = {});
  void copy(const CopiedRows& rows);
  void finish();

 private:
  std::string stream_statement(const TableRows& rows, const Insertion& insertion) const;
  void stream(std::string statement, const std::vector<std::vector<Value>>& rows,
              const std::vector<std::size_t>& offsets);
  void insert_plainly(const TableRows& rows, const Insertion& insertion);
  void insert_one_by_one(const TableRows& rows, const Insertion& insertion);
  void telling_row(const std::function<void()>& body) const;

  Connection& database_;
  const Catalog& catalog_;
  RowWriter* writer_;  // null where the driver is none
  std::string statement_;
  std::unique_ptr<RowStream> stream_;
  std::vector<std::size_t> offsets_;  // of the stream's rows
};

}  // namespace tidemark::seed
