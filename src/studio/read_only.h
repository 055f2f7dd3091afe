#pragma once

#include "studio/lane.h"

namespace tidemark::studio {

/// While it lives nothing can be changed through a PostgreSQL session: a transaction of
/// ours whose mode is fixed, because it has answered a query, and which is rolled back.
/// Other engines need nothing here.
class ReadOnlyTransaction {
 public:
  ReadOnlyTransaction(DatabaseSession& session, bool wanted);
  ~ReadOnlyTransaction();
  ReadOnlyTransaction(const ReadOnlyTransaction&) = delete;
  ReadOnlyTransaction& operator=(const ReadOnlyTransaction&) = delete;

 private:
  DatabaseSession& session_;
  bool on_;
};

}  // namespace tidemark::studio
