// `init`: a configuration and a starter schema, for an empty folder or a project
// that has a schema already. Overwrites nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "source/environment.h"
#include "tidemark/catalog.h"

namespace tidemark {

struct InitOptions {
  std::filesystem::path cwd;
  std::string dialect;  // empty: found out from the project
  std::string schema;   // empty: the project's, else src/db/schema.ts
  std::string out;      // empty: drizzle
};

struct Initialised {
  Engine engine = Engine::sqlite;
  std::string reason;                            // why this engine
  std::vector<std::filesystem::path> written;    // relative to the folder
  std::vector<std::filesystem::path> untouched;  // were there already
};

Initialised init(const InitOptions& options);

}  // namespace tidemark
