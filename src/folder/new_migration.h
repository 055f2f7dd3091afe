// Adding a migration to a folder, and taking one out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "folder/folder.h"
#include "folder/migration_name.h"

namespace tidemark {

/// What `generate --custom` puts into its file.
inline constexpr std::string_view custom_migration =
    "-- Custom SQL migration file, put your code below! --";

/// migrations.js, the module that imports every migration, for drivers that
/// cannot read files.
enum class Bundle : std::uint8_t { none, expo, durable_sqlite };

struct NewMigration {
  MigrationName name;
  std::string sql;
  std::string way_back = {};  // empty: none is written
  const Catalog& catalog;     // the schema after it
  SnapshotMeta meta = {};
  Time when;
  bool breakpoints = true;
  Bundle bundle = Bundle::none;
};

struct WrittenMigration {
  std::filesystem::path sql, snapshot, way_back;
};

/// Writes way back, SQL and snapshot, and the journal last: a folder whose
/// writing was cut off is the folder as it was, and the next run replaces what
/// was left behind. `folder` is what it was read as; it then holds the new entry.
WrittenMigration write_migration(Folder& folder, const NewMigration& migration);

/// The module of all migrations of a journal, where the driver needs one.
void write_bundle(const std::filesystem::path& out, const Journal& journal, Bundle bundle);

/// Removes a migration with everything that belongs to it; a snapshot that
/// followed its snapshot follows the one before it then. When it is cut off,
/// dropping the same tag again completes it. Throws Error(Fault::usage) for a tag
/// that is not in the journal.
void drop_migration(Folder& folder, std::string_view tag, Bundle bundle = Bundle::none);

/// Writes the older snapshots of a folder in the version of today. Returns the
/// files that were changed.
std::vector<std::filesystem::path> upgrade_folder(Folder& folder);

}  // namespace tidemark
