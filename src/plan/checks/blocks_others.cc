// Only what takes longer the more rows there are counts: a lock held for a moment
// blocks nobody who can wait a moment.
#include <algorithm>

#include "catalog/names.h"
#include "plan/checks/rules.h"

namespace tidemark {

namespace {

bool has_rewrite(const Statement& statement) {
  return std::ranges::count(statement.findings, Hazard::rewrites_table, &Finding::hazard) > 0;
}

// Reads every row, or builds an index, while nobody else may read.
bool scans_exclusively(Step step) {
  return step == Step::set_not_null || step == Step::add_check || step == Step::add_unique ||
         step == Step::add_primary_key;
}

}  // namespace

void blocks_others(const Judged& it, Statement& statement) {
  const Path* table = table_of(it.change);
  if (!it.on_postgres() || !table_is_old(it) || !table) return;
  std::string name = plain_name(*table);
  if (has_rewrite(statement) || scans_exclusively(it.draft.step))
    add_finding(statement, Hazard::blocks_reads, "exclusive_scan",
                "nobody can read or write " + name + " while its rows are gone through");
  else if (it.draft.step == Step::create_index && statement.in_transaction)
    add_finding(statement, Hazard::blocks_writes, "index_build",
                "nobody can write to " + name + " while the index is built");
  else if (it.draft.step == Step::add_foreign_key)
    add_finding(statement, Hazard::blocks_writes, "foreign_key_scan",
                "nobody can write to " + name +
                    " or to the table it points at while rows are "
                    "checked");
}

}  // namespace tidemark
