// What comes back without what was in it, because nothing of it was kept: `--no-keep`, too many
// rows, or a purge since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apply/catalog_image.h"
#include "engine/database.h"
#include "engine/migration_step.h"

namespace tidemark {

/// The columns that a migration dropped of tables that have rows now, of which no values are
/// kept. By the record where there is one, else by the `step` of the snapshots.
std::vector<std::string> columns_without_values(const MigrationFile& file,
                                                const std::optional<ImageChanges>& recorded,
                                                const MigrationStep* step, Target& target);

}  // namespace tidemark
