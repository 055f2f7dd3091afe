// A folder in which two branches met: as each of them has it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "folder/folder.h"

namespace tidemark {

/// One branch's folder. Files are those on disk, except where git left both branches'
/// text in one file.
struct Branch {
  Folder folder;                             // only files of its own migrations
  std::map<std::string, std::string> texts;  // by path, of files with marks
  std::vector<JournalEntry> own;             // what it added to the common beginning

  std::string text(const std::filesystem::path& path) const;
  std::optional<std::string> text_if_exists(const std::filesystem::path& path) const;
  MigrationFile migration(const JournalEntry& entry) const;
  /// Throws Error(Fault::failed) where the snapshot is missing or malformed.
  Snapshot snapshot(const JournalEntry& entry) const;
  /// The schema before its first own migration.
  Snapshot start() const;
};

struct Branches {
  Branch ours, theirs;
  std::string journal_text;  // as it is on disk
};

/// Nothing where no two branches meet. Ours are: the branch of the migration `ours`; or
/// where git stopped, the branch that is being merged into or moved; or the one whose
/// migration is last in the journal. Throws Error: usage for an unknown tag, failed
/// where more than two meet, or where a snapshot is missing.
std::optional<Branches> find_branches(const std::filesystem::path& out, Engine engine,
                                      const std::string& ours);

}  // namespace tidemark
