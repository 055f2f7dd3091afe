#pragma once

#include <cstddef>
#include <string>

#include "connect/connection.h"

namespace tidemark {

/// A rollback journal of SQLite that is made once for a run, not once for each of its
/// transactions: creating and deleting a file is a fifth of the time of a small one.
/// Cut off, it is as good as any: one with a blanked header is not rolled back, one in
/// use is, by whoever opens the database next (https://sqlite.org/pragma.html#pragma_journal_mode).
/// Other journal modes, WAL above all, stay as they are.
class KeptJournal {
 public:
  /// `transactions`: how many are to come. Nothing is done for one.
  KeptJournal(Connection& database, std::size_t transactions);
  ~KeptJournal();
  KeptJournal(const KeptJournal&) = delete;
  KeptJournal& operator=(const KeptJournal&) = delete;

 private:
  std::string mode();

  Connection& database_;
  bool kept_ = false;
};

}  // namespace tidemark
