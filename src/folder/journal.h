// meta/_journal.json: which migrations there are, in which order they run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "tidemark/catalog.h"

namespace tidemark {

struct JournalEntry {
  std::int64_t idx = 0;
  std::string version;    // of the snapshot that was written with it
  std::int64_t when = 0;  // milliseconds since 1970
  std::string tag;        // the name of its SQL file, without `.sql`
  bool breakpoints = true;

  bool operator==(const JournalEntry&) const = default;
};

/// Journals of real projects lie: a wrong dialect, an older version, gaps in
/// `idx`. Only what is needed is asked of them, and whatever else they hold is
/// kept as it is when they are written again.
class Journal {
 public:
  /// An empty one.
  explicit Journal(Engine engine);
  /// Throws Error that points into `file`.
  static Journal parse(std::string_view text, const std::string& file);

  const std::vector<JournalEntry>& entries() const { return entries_; }
  bool has(std::string_view tag) const;

  void append(const JournalEntry& entry);
  void remove(std::string_view tag);

  /// Two spaces of indentation, no line end at the end, as Drizzle Kit writes it.
  std::string text() const;

 private:
  Journal() = default;
  json::object document_;
  std::vector<JournalEntry> entries_;
};

}  // namespace tidemark
