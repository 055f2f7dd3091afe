#include "studio/read_only.h"

namespace tidemark::studio {

ReadOnlyTransaction::ReadOnlyTransaction(DatabaseSession& session, bool wanted)
    : session_(session), on_(wanted && session.connection().engine() == Engine::postgresql) {
  if (!on_) return;
  session_.connection().execute("BEGIN READ ONLY");
  session_.connection().query("SELECT 1");
}

ReadOnlyTransaction::~ReadOnlyTransaction() {
  if (!on_) return;
  try {
    session_.connection().execute("ROLLBACK");
  } catch (const std::exception&) {  // the session is lost, and everything with it
  }
}

}  // namespace tidemark::studio
