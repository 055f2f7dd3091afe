// The written cases: the plan, its findings, and for PostgreSQL the proof.
#include <gtest/gtest.h>

#include "plan/planner.h"
#include "tests/cases/case_file.h"
#include "tests/cases/proof.h"
#include "tests/servers/postgres.h"

namespace tidemark::tests {
namespace {

void expect_plan(const CaseFile& it) {
  Plan plan = make_plan(it.changes(), it.after);
  EXPECT_EQ(statements_of(plan), it.plan);
  if (!it.findings.empty()) {
    EXPECT_EQ(findings_of(plan), it.findings);
  }
}

void expect_proof(Connection& connection, const CaseFile& it) {
  try {
    Proof proof = prove(connection, it.before, it.after, it.changes());
    EXPECT_EQ(proof.migrated, proof.made);
    EXPECT_EQ(proof.returned, proof.started);
  } catch (const DatabaseError& error) {
    ADD_FAILURE() << error.message << "\n" << error.detail;
  }
}

TEST(CaseFiles, PostgresPlansAreAsWrittenAndWork) {
  FreshPostgres database;
  std::unique_ptr<Connection> connection = database.open();
  for (const CaseFile& it : case_files("postgres", Engine::postgresql)) {
    SCOPED_TRACE(it.name);
    expect_plan(it);
    if (it.unprovable.empty()) expect_proof(*connection, it);
  }
}

}  // namespace
}  // namespace tidemark::tests
