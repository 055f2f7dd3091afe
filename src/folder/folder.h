// A folder of migrations on disk: the classic layout, which is written, and
// version 1's (a folder per migration), which is read and applied only.
//
//   {out}/0003_calm_tide.sql             the migration
//   {out}/meta/_journal.json             the order
//   {out}/meta/0003_snapshot.json        the schema after it
//   {out}/.tidemark/down/0003_calm_tide.sql   the way back; ours alone
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "folder/journal.h"
#include "folder/migration_file.h"
#include "folder/snapshot.h"
#include "tidemark/catalog.h"
#include "tidemark/error.h"

namespace tidemark {

enum class Layout : std::uint8_t {
  none,     // nothing there yet
  classic,  // a journal, flat files
  v1,       // {time}_{name}/migration.sql
};

/// A snapshot file of which only the beginning was read.
struct SnapshotFile {
  std::filesystem::path path;
  std::string prefix;  // its name without `_snapshot.json`
  SnapshotHeader header;
};

/// What is in a folder. Opened once by a command; SQL files and the objects of
/// snapshots are read when they are asked for.
struct Folder {
  std::filesystem::path out;
  Engine engine = Engine::postgresql;
  Layout layout = Layout::none;
  Journal journal{Engine::postgresql};       // empty unless the layout is classic
  std::vector<SnapshotFile> snapshots = {};  // sorted by file name

  std::filesystem::path journal_path() const { return out / "meta" / "_journal.json"; }
  std::filesystem::path sql_path(std::string_view tag) const;
  std::filesystem::path way_back_path(std::string_view tag) const;
};

/// Reads the journal and the beginning of every snapshot. A folder that does not
/// exist is an empty one.
Folder open_folder(const std::filesystem::path& out, Engine engine);

/// The snapshot files of a folder whose journal cannot be read.
std::vector<SnapshotFile> list_snapshot_files(const std::filesystem::path& out);

/// The file whose snapshot is the schema after the last migration: the last by
/// name, as with the peer, but not one that an interrupted `generate` left behind
/// (no migration of the journal belongs to it). Null in an empty folder.
const SnapshotFile* newest_snapshot(const Folder& folder);

/// The snapshot that was written with a migration; null when there is none.
const SnapshotFile* snapshot_of(const Folder& folder, const JournalEntry& entry);

/// Reads a snapshot file whole.
Snapshot load_snapshot(const Folder& folder, const SnapshotFile& file);

/// Its text; empty in an empty folder.
std::string read_newest(const Folder& folder);

/// The schema after the last migration; empty catalog in an empty folder.
Snapshot load_newest(const Folder& folder);

/// The schema as its authors had it before a migration of some folder; nothing where no
/// snapshot tells.
std::optional<Catalog> schema_before(const MigrationFile& file, Engine engine);

/// All migrations in the order in which they run. Throws an Error that names the
/// files which are missing.
std::vector<MigrationFile> read_migrations(const Folder& folder);

/// The text of the way back; empty when there is none.
std::optional<std::string> read_way_back(const Folder& folder, std::string_view tag);

/// Something to say about a folder.
struct FolderFinding {
  bool serious;  // the folder cannot be used as it is
  Error error;
};

/// Everything that is wrong with a folder. Reads every file.
std::vector<FolderFinding> check_folder(const Folder& folder);

/// What to say where the schema of a folder is asked for that has version 1's layout: its snapshots
/// are not read.
Error snapshots_not_read(const Folder& folder);

/// Throws what stands against generating into this folder: version 1's layout, or
/// two snapshots that follow the same one (a merge of two branches).
void require_writable(const Folder& folder);

}  // namespace tidemark
