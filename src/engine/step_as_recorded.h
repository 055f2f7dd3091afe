// What the snapshots say of a migration, as far as the record of what it did to the
// catalog bears it out.
#pragma once

#include "apply/catalog_image.h"
#include "engine/migration_step.h"

namespace tidemark {

/// The step without the objects that came, went or changed in the snapshots alone. The
/// values of enums are in the order that the database had. On SQLite columns alone are
/// looked at: the other parts of a table are recorded in its own words.
MigrationStep as_recorded(MigrationStep step, const ImageChanges& recorded);

}  // namespace tidemark
