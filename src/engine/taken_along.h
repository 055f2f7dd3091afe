// What PostgreSQL drops along with tables and views that a plan drops, without the plan's saying
// so.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "diff/diff.h"
#include "tidemark/plan.h"

namespace tidemark {

struct TakenAlong {
  std::string object;  // as the server describes it: "view other.v"
  std::string table;   // that goes, as people say it

  bool operator==(const TakenAlong&) const = default;
};

/// Foreign keys, views, policies, columns … that CASCADE takes, also out of what the plan looks
/// at; not what the changes drop or make anew themselves. Nothing on other databases.
std::vector<TakenAlong> taken_along(Connection& database, const DiffResult& diff);

/// "drops view other.v along with old"
std::string taken_along_text(const TakenAlong& one);

/// What hangs on views that the plan makes anew.
struct OnViewsAnew {
  std::vector<std::string> lost;         // "trigger t of view v": what is not made again
  std::vector<Statement> indexes_again;  // of materialized views that stay as they were
};

/// `live` is the catalog by its names in the database. Nothing on other databases.
OnViewsAnew on_views_anew(Connection& database, const Catalog& live, const DiffResult& diff,
                          const Plan& plan);

}  // namespace tidemark
