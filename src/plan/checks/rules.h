// The rules that judge a statement. One rule per file; a rule is a function that
// adds its findings. What they know of PostgreSQL's locks was measured on 11 to 18.
#pragma once

#include "dialect/dialect.h"
#include "tidemark/change.h"
#include "tidemark/plan.h"

namespace tidemark {

struct Judged {
  const Draft& draft;
  const Change& change;
  const Catalog& before;  // with the renames applied
  const Catalog& after;

  bool on_postgres() const { return after.engine == Engine::postgresql; }
};

/// Runs every rule, and notes the lock.
void judge(const Judged& it, Statement& statement);

void loses_data(const Judged& it, Statement& statement);
void may_fail_on_data(const Judged& it, Statement& statement);
void rewrites_table(const Judged& it, Statement& statement);
void blocks_others(const Judged& it, Statement& statement);
void breaks_running_code(const Judged& it, Statement& statement);
void irreversible(const Judged& it, Statement& statement);
void not_transactional(const Judged& it, Statement& statement);
void note_lock(const Judged& it, Statement& statement);

// What several rules ask.

/// The table a change is about, by its new path; null for other kinds.
const Path* table_of(const Change& change);

/// Whether rows may be there already: the table was not made by this plan.
bool table_is_old(const Judged& it);

/// The column before and after; null where the change is not about one on both sides.
struct ColumnPair {
  const Column* before = nullptr;
  const Column* after = nullptr;
};
ColumnPair column_pair(const Change& change);

void add_finding(Statement& statement, Hazard hazard, std::string_view code, std::string message);

}  // namespace tidemark
