#include "plan/checks/rules.h"
#include "plan/reasons.h"

namespace tidemark {

void not_transactional(const Judged& it, Statement& statement) {
  if (statement.in_transaction) return;
  add_finding(statement, Hazard::not_transactional, "runs_alone",
              "cannot run in the migration's transaction: " + reason(it.change));
}

}  // namespace tidemark
