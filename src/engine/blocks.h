// What a migration does inside of DO blocks. Whether it ran depends on the database, so the record
// of what happened has to bear renames out.
#pragma once

#include "apply/catalog_image.h"
#include "apply/splitter.h"
#include "diff/renames.h"
#include "folder/migration_file.h"

namespace tidemark {

/// Of columns and tables of PostgreSQL: the old name went by the record, the new one came.
Renames block_renames(const MigrationFile& file, const ImageChanges& recorded);

/// Whether a statement is a DO block that writes rows, as far as its words say: also in what it
/// executes from strings.
bool block_writes_rows(const MigrationStatement& statement);

}  // namespace tidemark
