#pragma once

#include "dialect/mentions.h"
#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// A policy with its table. Policies that are kept outside their table are written
/// with the table's schema, also where that is the default one.
struct PolicyOn {
  const Path& table;
  const Policy& policy;
  bool linked = false;

  std::string table_sql() const { return linked ? sql(FullPath{table}) : sql(table); }
};

/// What the expressions of a policy may speak of, by the names of before and after. Other tables,
/// and views, can only be read by a SELECT inside them.
class PolicyText {
 public:
  PolicyText(const Script& script, const PolicyOn& it);
  bool selects() const { return selects_; }
  bool reads(const Path& relation) const;
  bool reads_column(const Path& table, const Name& column) const;

 private:
  const Script& script_;
  const Path& own_;
  Mentions used_;
  bool selects_ = false, everything_ = false;
};

void create_policy(Script& script, const PolicyOn& it, Rank rank);
void drop_policy(Script& script, const PolicyOn& it, Rank rank);

/// A policy that is made anew because of what it reads.
void recreate_policy(Script& script, const PolicyOn& before, const PolicyOn& after);
/// Leaves out the own changes of such policies; when all is written.
void forget_changes_of_recreated_policies(Script& script);

}  // namespace tidemark::postgres_dialect
