// Renames that a migration makes inside of DO blocks: whether they ran depends on the
// database, so the record of what happened has to bear them out.
#pragma once

#include "apply/catalog_image.h"
#include "diff/renames.h"
#include "folder/migration_file.h"

namespace tidemark {

/// Of columns and tables of PostgreSQL: the old name went by the record, the new one came.
Renames block_renames(const MigrationFile& file, const ImageChanges& recorded);

}  // namespace tidemark
