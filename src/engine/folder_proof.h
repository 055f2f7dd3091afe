// Two folders give the same database: both are run, and what they made is compared.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/engine.h"
#include "folder/migration_file.h"

namespace tidemark {

enum class FolderProof : std::uint8_t {
  given,
  not_asked,     // PostgreSQL, and no database to try it on
  not_possible,  // the old folder does not run there: a function of the application's
};

/// SQLite's in memory. PostgreSQL's on `scratch`, an empty database, in transactions that
/// are rolled back. Throws Error(Fault::failed) that names each object in which they
/// differ, or the statement of the new folder that fails; usage where `scratch` is not
/// empty.
FolderProof prove_folders(std::span<const MigrationFile> was, std::span<const MigrationFile> is,
                          Engine engine, const std::string& scratch);

}  // namespace tidemark
