// SQLite and libSQL: the written cases, and every case on a database with rows.
#include "plan/planner.h"
#include "plan/proof.h"
#include "tests/cases/case_file.h"
#include "tests/cases/peer_cases.h"
#include "tests/cases/sqlite_rows.h"

namespace tidemark::tests {
namespace {

bool runs_on_sqlite(const Plan& plan) {
  for (const Statement& statement : plan.statements)
    if (statement.sql.find(" ALTER COLUMN ") != std::string::npos) return false;
  return true;
}

/// Drizzle Kit's tests have tables without columns, which no database has.
bool is_possible(const Catalog& catalog) {
  for (const Table& table : catalog.tables)
    if (table.columns.empty()) return false;
  return true;
}

bool may_fail_on_data(const Plan& plan) {
  for (const Statement& statement : plan.statements)
    for (const Finding& finding : statement.findings)
      if (finding.hazard == Hazard::may_fail_on_data) return true;
  return false;
}

template <class Case>
void expect_proof(const Case& it) {
  DiffResult difference = it.changes();
  Plan plan = make_plan(difference, it.after);
  if (!runs_on_sqlite(plan) || !is_possible(it.before) || !is_possible(it.after)) return;
  try {
    EXPECT_EQ(prove(it.before, it.after, plan), Proof::given);
    expect_rows_kept(it.before, it.after, difference);
  } catch (const DatabaseError& error) {
    EXPECT_TRUE(may_fail_on_data(plan)) << error.message;
  } catch (const Error& error) {
    ADD_FAILURE() << error.message() << "\n" << error.sql();
  }
}

void expect_case(const CaseFile& it) {
  SCOPED_TRACE(it.name);
  Plan plan = make_plan(it.changes(), it.after);
  EXPECT_EQ(statements_of(plan), it.plan);
  if (!it.findings.empty()) {
    EXPECT_EQ(findings_of(plan), it.findings);
  }
  expect_proof(it);
}

TEST(CaseFiles, SqlitePlansAreAsWrittenAndKeepTheRows) {
  for (const CaseFile& it : case_files("sqlite", Engine::sqlite)) expect_case(it);
}

TEST(CaseFiles, TursoPlansAreAsWrittenAndKeepTheRows) {
  for (const CaseFile& it : case_files("turso", Engine::turso)) expect_case(it);
}

TEST(PeerProof, SqlitesCasesKeepTheRows) {
  json::value unprovable = read_peer_file("unprovable.json");
  for (const char* dialect : {"sqlite", "turso"})
    for (const PeerCase& it : peer_cases(dialect)) {
      SCOPED_TRACE(it.name);
      if (!unprovable.as_object().contains(it.name)) expect_proof(it);
    }
}

}  // namespace
}  // namespace tidemark::tests
