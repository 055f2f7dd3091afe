// What is applied: the migrations of a folder, oldest first, as the journal
// names them.
#pragma once

#include <cstdint>
#include <string>

#include "tidemark/name.h"

namespace tidemark {

struct Migration {
  std::string tag;
  std::int64_t when = 0;  // milliseconds since 1970; `created_at` of its history row
  std::string path;       // of its file, for messages
  std::string sql;        // the file's text, exactly
};

/// The history table that is shared with the peer. SQLite has no schema.
inline Path default_history() { return {"drizzle", "__drizzle_migrations"}; }

}  // namespace tidemark
