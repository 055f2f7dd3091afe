// A case that a person writes: tests/cases/<dialect>/<name>.case
//
//   # Why this matters.
//   before
//     table users
//       id integer primary key not null
//   after
//     …
//   renames
//     column:users.name=full_name
//   plan
//     ALTER TABLE "users" …;
//   findings
//     loses_data drop_column
//
// Where `before` or `after` is missing, there is nothing. White space in the plan
// does not count. `unprovable` instead of nothing says why no server can try it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "diff/diff.h"
#include "tidemark/plan.h"

namespace tidemark::tests {

struct CaseFile {
  std::string name;  // of the file, without its ending
  Catalog before, after;
  std::vector<std::string> renames, plan, findings, unprovable;

  DiffResult changes() const;
};

/// Every case of tests/cases/<dialect>, by name.
std::vector<CaseFile> case_files(const std::string& dialect, Engine engine);

/// The statements and the findings as a case writes them.
std::vector<std::string> statements_of(const Plan& plan);
std::vector<std::string> findings_of(const Plan& plan);

}  // namespace tidemark::tests
