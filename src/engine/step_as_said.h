// What the snapshots say of a migration, as far as its statements bear it out: files are
// edited by hand, and then a snapshot tells of things that no statement made.
#pragma once

#include "engine/migration_step.h"

namespace tidemark {

/// The step without what came in the snapshots, and without the tables, views and types
/// that went, where their names stand nowhere in the statements. What goes together with
/// a column is not named: parts of tables that went are believed.
MigrationStep as_said(MigrationStep step, const MigrationFile& file, Engine engine);

}  // namespace tidemark
