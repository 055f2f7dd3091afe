// The configured database and the folder's migrations, as `migrate` and `status`
// need them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "folder/folder.h"
#include "source/project.h"

namespace tidemark {

struct Target {
  DatabaseSource source;
  std::vector<MigrationFile> migrations;
  Path history;  // the table that records them
  std::unique_ptr<Connection> connection;
};

enum class Purpose {
  look,  // creates nothing
  write,
};

/// Reads the folder first, so that a broken one is told without connecting. To
/// write, there must be one: a wrong `out` would look like nothing to do.
Target open_target(Project& project, Purpose purpose);

}  // namespace tidemark
