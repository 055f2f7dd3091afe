// The last migrations of a folder, exchanged for others in one step.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "folder/new_migration.h"

namespace tidemark {

struct ReplacingMigration {
  JournalEntry entry;
  std::string snapshot_prefix;               // of its file's name
  std::string snapshot;                      // its text
  std::optional<std::string> sql;            // absent: the file is there and stays
  std::optional<std::string> way_back = {};  // absent likewise
};

struct Replacement {
  std::string journal_was;  // the text that the folder was read from
  Journal journal;          // what stays; the entries of `migrations` that it lacks are added
  std::vector<ReplacingMigration> migrations;
  std::vector<std::string> removed;            // tags whose files go
  std::vector<std::string> removed_snapshots;  // names of files in meta
};

/// A crash at any moment leaves the folder as it was or as it is to be, and files that
/// belong to no migration, which `remove_leftovers` knows: SQL is written under names that are new,
/// then meta is exchanged as a whole, then what went is removed. Throws Error(Fault::failed) where
/// the journal is no longer the text that was read.
void replace_migrations(const Folder& folder, const Replacement& replacement, Bundle bundle);

}  // namespace tidemark
