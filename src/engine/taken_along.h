// What PostgreSQL drops along with tables that a plan drops, without the plan's saying so.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "diff/diff.h"

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

}  // namespace tidemark
