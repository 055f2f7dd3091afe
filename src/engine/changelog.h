// `changelog`: what each migration did to the schema, from the snapshots.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace tidemark {

/// One change, and what it breaks: running programs, or data that goes.
struct ChangelogLine {
  std::string text;
  std::vector<std::string> breaks = {};
};

struct ChangelogEntry {
  std::string tag;
  std::int64_t when = 0;  // milliseconds since 1970
  bool has_snapshots = true;
  std::vector<ChangelogLine> lines = {};
  std::vector<std::string> own_sql = {};  // statements that no snapshot knows of

  bool is_breaking() const;
};

/// Newest first: the migrations after `since`, or all where that is empty. Throws
/// Error(Fault::usage) for a tag that the folder does not have.
std::vector<ChangelogEntry> changelog_of(Project& project, const std::string& since);

}  // namespace tidemark
