#include "folder/new_migration.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/files.h"
#include "base/text.h"
#include "folder/folder_lock.h"
#include "folder/unfinished.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

std::string bundle_text(const Journal& journal, Bundle bundle) {
  std::string comment = bundle == Bundle::expo
                            ? "// This file is required for Expo/React Native SQLite migrations - "
                              "https://orm.drizzle.team/quick-sqlite/expo\n\n"
                            : "";
  std::string imports, names;
  for (const JournalEntry& entry : journal.entries()) {
    std::string name = fmt::format("m{:04}", entry.idx);
    imports += fmt::format("import {} from './{}.sql';\n", name, entry.tag);
    names += (names.empty() ? "" : ",\n") + name;
  }
  return fmt::format(
      "{}import journal from './meta/_journal.json';\n{}\n"
      "  export default {{\n    journal,\n    migrations: {{\n      {}\n    }}\n  }}\n  ",
      comment, imports, names);
}

void write_journal(const Folder& folder, Bundle bundle) {
  write_file(folder.journal_path(), folder.journal.text());
  write_bundle(folder.out, folder.journal, bundle);
}

void remove_file(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error)
    throw Error(Fault::failed, fmt::format("cannot remove {}: {}", path.string(), error.message()));
}

/// The snapshots that followed the removed one follow its predecessor.
void reconnect(Folder& folder, const SnapshotIds& removed) {
  for (SnapshotFile& file : folder.snapshots) {
    if (file.header.ids.previous != removed.id) continue;
    // Only the id is replaced: the file may be laid out in somebody's own way.
    std::string text = read_file(file.path);
    std::size_t key = text.find("\"prevId\"");
    std::size_t at = key == std::string::npos ? key : text.find(removed.id, key);
    if (at == std::string::npos) continue;
    write_file(file.path, text.replace(at, removed.id.size(), removed.previous));
    file.header.ids.previous = removed.previous;
  }
}

}  // namespace

void write_bundle(const fs::path& out, const Journal& journal, Bundle bundle) {
  if (bundle != Bundle::none) write_file(out / "migrations.js", bundle_text(journal, bundle));
}

WrittenMigration write_migration(Folder& folder, const NewMigration& migration) {
  require_writable(folder);
  FolderLock lock(folder);
  const SnapshotFile* newest = newest_snapshot(folder);
  SnapshotIds ids{.id = random_uuid()};
  if (newest) ids.previous = newest->header.ids.id;

  const auto& [idx, tag, prefix] = migration.name;
  WrittenMigration written{.sql = folder.sql_path(tag),
                           .snapshot = folder.out / "meta" / (prefix + "_snapshot.json"),
                           .way_back = folder.way_back_path(tag)};
  Unfinished note(folder.out, {tag});
  if (migration.way_back.empty())
    written.way_back.clear();
  else
    write_file(written.way_back, migration.way_back);
  write_file(written.sql, migration.sql);
  write_file(written.snapshot, write_snapshot(migration.catalog, ids, migration.meta));

  folder.journal.append({.idx = idx,
                         .version = std::string(snapshot_version(folder.engine)),
                         .when = migration.when.time_since_epoch().count(),
                         .tag = tag,
                         .breakpoints = migration.breakpoints});
  write_journal(folder, migration.bundle);
  note.end();
  folder = open_folder(folder.out, folder.engine);
  return written;
}

void drop_migration(Folder& folder, std::string_view tag, Bundle bundle) {
  if (folder.layout == Layout::v1)
    throw Error(Fault::usage,
                fmt::format("{} has version 1's layout, which has no journal", folder.out.string()))
        .hint(fmt::format("remove the migration's own folder, {}", (folder.out / tag).string()));
  auto entry = std::ranges::find(folder.journal.entries(), tag, &JournalEntry::tag);
  if (entry == folder.journal.entries().end()) {
    std::vector<std::string> tags;
    for (const JournalEntry& known : folder.journal.entries()) tags.push_back(known.tag);
    std::string meant = did_you_mean(tag, tags);
    throw Error(Fault::usage, fmt::format("there is no migration \"{}\"", tag))
        .hint(meant.empty() ? "`tidemark status` lists them" : "did you mean " + meant + "?");
  }
  FolderLock lock(folder);
  if (const SnapshotFile* snapshot = snapshot_of(folder, *entry)) {
    SnapshotIds removed = snapshot->header.ids;
    remove_file(snapshot->path);
    reconnect(folder, removed);
  }
  const std::string dropped(tag);  // the entry that `tag` may point into goes
  Unfinished note(folder.out, {dropped});
  folder.journal.remove(dropped);
  write_journal(folder, bundle);
  remove_file(folder.sql_path(dropped));
  remove_file(folder.way_back_path(dropped));
  note.end();
  folder = open_folder(folder.out, folder.engine);
}

std::vector<fs::path> upgrade_folder(Folder& folder) {
  std::vector<fs::path> changed;
  for (const SnapshotFile& file : folder.snapshots) {
    auto text = upgrade_snapshot(read_file(file.path), folder.engine, file.path.string());
    if (!text) continue;
    write_file(file.path, *text);
    changed.push_back(file.path);
  }
  if (!changed.empty()) folder = open_folder(folder.out, folder.engine);
  return changed;
}

}  // namespace tidemark
