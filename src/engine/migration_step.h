// What one migration of a folder does to the schema, by its snapshots and its SQL.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diff/renames.h"
#include "folder/folder.h"

namespace tidemark {

struct MigrationStep {
  Catalog before, after;
  Renames renames;  // as its SQL says them
};

/// The snapshot that another one follows; null when the folder has it not.
const SnapshotFile* predecessor(const Folder& folder, const SnapshotFile& file);

/// The schemas on both sides of a migration; nothing where the folder lacks a snapshot.
std::optional<MigrationStep> step_of(const Folder& folder, const MigrationFile& file);

/// The renames that a migration's statements say.
Renames renames_in(const MigrationFile& file, Engine engine);

/// Statements of which no snapshot knows: data, triggers, functions.
std::vector<std::string> own_statements(const MigrationFile& file, Engine engine);

/// Their first lines, for messages.
std::vector<std::string> unknown_to_snapshots(const MigrationFile& file, Engine engine);

/// Whether two texts hold the same statements, comments and markers apart.
bool same_statements(const std::string& one, const std::string& other, Engine engine);

/// A statement in a line of a message.
std::string first_line(const std::string& sql);

}  // namespace tidemark
