#include "folder/replacement.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>  // renameat2

#include <algorithm>

#include "base/files.h"
#include "folder/folder_lock.h"
#include "folder/unfinished.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

void require_unchanged(const Folder& folder, const std::string& journal_was) {
  if (read_file(folder.journal_path()) == journal_was) return;
  throw Error(
      Fault::failed,
      fmt::format("another command changed {} meanwhile; nothing was written", folder.out.string()))
      .hint("run the command again");
}

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw Error(Fault::failed, fmt::format("cannot write {}: {}", path.string(), error.message()));
}

/// Both are there at every moment. A file system that cannot exchange gets two renames.
void exchange(const fs::path& one, const fs::path& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0) return;
  fs::path aside = other;
  aside += ".old";
  std::error_code error;
  fs::rename(one, aside, error);
  if (!error) fs::rename(other, one, error);
  if (!error) fs::rename(aside, other, error);
  if (error) fail(one, error);
}

/// A copy of meta as it is to be.
fs::path staged_meta(const Folder& folder, const Replacement& replacement, const Journal& journal) {
  fs::path staged = folder.out / ".tidemark" / "meta";
  std::error_code error;
  fs::remove_all(staged, error);
  fs::create_directories(staged.parent_path(), error);
  fs::copy(folder.out / "meta", staged, fs::copy_options::recursive, error);
  if (error) fail(staged, error);
  for (const std::string& name : replacement.removed_snapshots) fs::remove(staged / name, error);
  for (const ReplacingMigration& it : replacement.migrations)
    write_file(staged / (it.snapshot_prefix + "_snapshot.json"), it.snapshot);
  write_file(staged / "_journal.json", journal.text());
  return staged;
}

void remove_files(const Folder& folder, const std::vector<std::string>& tags,
                  const Journal& journal) {
  for (const std::string& tag : tags) {
    if (journal.has(tag)) continue;
    std::error_code ignored;  // a file too many is only remarked on
    fs::remove(folder.sql_path(tag), ignored);
    fs::remove(folder.way_back_path(tag), ignored);
  }
}

}  // namespace

void replace_migrations(const Folder& folder, const Replacement& replacement, Bundle bundle) {
  FolderLock lock(folder.out);
  require_unchanged(folder, replacement.journal_was);
  std::vector<std::string> tags = replacement.removed;
  for (const ReplacingMigration& it : replacement.migrations)
    if (it.sql || it.way_back) tags.push_back(it.entry.tag);
  Unfinished note(folder.out, tags);
  Journal journal = replacement.journal;
  for (const ReplacingMigration& it : replacement.migrations) {
    if (!journal.has(it.entry.tag)) journal.append(it.entry);
    if (it.way_back) write_file(folder.way_back_path(it.entry.tag), *it.way_back);
    if (it.sql) write_file(folder.sql_path(it.entry.tag), *it.sql);
  }
  fs::path staged = staged_meta(folder, replacement, journal);
  exchange(folder.out / "meta", staged);
  std::error_code ignored;
  fs::remove_all(staged, ignored);
  fs::remove(staged.parent_path(), ignored);  // where nothing else is in it
  write_bundle(folder.out, journal, bundle);
  remove_files(folder, replacement.removed, journal);
  note.end();
}

}  // namespace tidemark
