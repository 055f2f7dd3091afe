// Puts rows into tables by the fastest way that the database has for them.
#pragma once

#include <memory>

#include "connect/row_writer.h"
#include "seed/rows.h"

namespace tidemark::seed {

class Inserter {
 public:
  /// Both must outlive it.
  Inserter(Connection& database, const Catalog& catalog);

  /// Rows for the same columns that come one after the other go in together: what is wrong
  /// with some may be told with later ones, or by `finish`.
  void insert(const TableRows& rows, const Insertion& insertion = {});
  void finish();

 private:
  std::string stream_statement(const TableRows& rows, const Insertion& insertion) const;

  Connection& database_;
  const Catalog& catalog_;
  RowWriter* writer_;  // null where the driver is none
  std::string statement_;
  std::unique_ptr<RowStream> stream_;
};

}  // namespace tidemark::seed
