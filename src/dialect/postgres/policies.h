#pragma once

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

void create_policy(Script& script, const PolicyOn& it, Rank rank);
void drop_policy(Script& script, const PolicyOn& it, Rank rank);

}  // namespace tidemark::postgres_dialect
