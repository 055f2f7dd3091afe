// What is applied: the migrations of a folder, oldest first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tidemark/name.h"

namespace tidemark {

/// One migration as it is to be applied.
struct MigrationFile {
  std::string tag;
  std::int64_t when = 0;  // milliseconds since 1970
  std::filesystem::path path;
  std::string sql;                 // the text of the file
  std::string hash;                // SHA-256 of its bytes, as the history stores it
  std::string hash_of_lines = {};  // the same with line ends normalised to \n
};

/// The history table that is shared with the peer. SQLite has no schema.
inline Path default_history() { return {"drizzle", "__drizzle_migrations"}; }

}  // namespace tidemark
