// `check`: is the folder fit to be merged? Looks at no database.
#pragma once

#include <vector>

#include "engine/engine.h"

namespace tidemark {

struct CheckReport {
  std::size_t migrations = 0;
  std::vector<Error> problems;
  std::vector<Error> remarks;  // worth knowing, no reason to fail
};

struct CheckOptions {
  bool schema = true;  // whether a migration is missing, too
};

CheckReport check_project(Project& project, const CheckOptions& options);

}  // namespace tidemark
