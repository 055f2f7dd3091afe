// What changes mean for rows that are there already, with the SQL that counts them.
// A plan against a live database can so be judged by facts instead of fears.
#pragma once

#include <string>
#include <vector>

#include "diff/diff.h"
#include "tidemark/plan.h"

namespace tidemark {

/// "deletes 3 values of users.age": `verb`, a count, `noun` (in the singular), `where`.
struct Impact {
  Hazard hazard;  // loses_data, or may_fail_on_data: then any row at all means failure
  std::string verb, noun, where;
  std::string count_sql;  // for the database as it is before the plan; one row, one number
  std::string remedy = {};
  Origin origin = {};
};

/// In the order of the changes. What only concerns new tables and columns has none.
std::vector<Impact> impacts(const DiffResult& diff, const Catalog& after);

}  // namespace tidemark
