// A whole migration as one batch, for a server far away that takes a transaction from
// whoever holds it for long. Nothing of it waits for us: either all of it happened or
// nothing. What has to look at rows between statements does not fit.
#pragma once

#include <string>
#include <vector>

#include "apply/transaction.h"

namespace tidemark {

class OneBatch {
 public:
  /// `records`: looks at the catalog as well, before and after.
  OneBatch(const HistoryTable& history, const LogTable& log, const Piece& piece, bool records);

  /// Throws TransactionError, after everything was rolled back.
  void run(Connection& database);

  /// What it found, where it recorded.
  CatalogImage before() const { return image(0); }
  CatalogImage after() const { return image(1); }

 private:
  static constexpr std::size_t ours = TransactionError::none;
  static constexpr std::size_t guard = TransactionError::none - 1;

  void add(Command command, std::size_t step = ours);
  void guard_against(Command look);
  void look();
  void open();
  void add_statements();
  void close();
  [[noreturn]] void fail(const DatabaseError& error) const;
  CatalogImage image(std::size_t look) const;

  const HistoryTable& history_;
  const LogTable& log_;
  const Piece& piece_;
  bool records_;
  std::vector<Command> commands_;
  std::vector<std::size_t> steps_;  // of each: the index of its statement, or one of the above
  std::vector<std::size_t> looks_;  // which of them look at the catalog
  std::vector<Rows> answers_;
};

}  // namespace tidemark
