// `drift`: the live database against what the folder says it is, and against the schema.
#pragma once

#include <optional>
#include <string>

#include "apply/status.h"
#include "engine/database.h"
#include "engine/engine.h"
#include "schema_edit/schema_edit.h"
#include "source/live/settle.h"

namespace tidemark {

/// How the database differs from one other source; `closing` makes it equal.
struct Difference {
  /// Both sides in the same words: a table that needs no change is the same in both.
  Catalog live, wanted;
  Plan closing;
  std::vector<Undecided> undecided;
  std::vector<std::string> unseen = {};  // schemas of wanted objects that `schemaFilter` leaves out
};

struct DriftReport {
  DatabaseSource database;
  std::string tag;                   // the newest migration that is applied; empty: none
  std::size_t pending = 0;           // migrations after it
  std::optional<Difference> folder;  // absent where the folder keeps no snapshot of that one
  std::optional<Difference> schema;  // absent where the configuration names no schema
};

DriftReport drift_of(Project& project);

/// How many statements lie between the database and its newest applied migration, for
/// `status`; nothing where that cannot be told.
std::optional<std::size_t> drifted_statements(Project& project, Target& target,
                                              const Status& status);

/// Writes what closes the drift from the folder as a migration, and returns its file.
/// Throws Error(Fault::failed) while migrations are pending: they come first.
std::filesystem::path write_drift_fix(Project& project, const DriftReport& report,
                                      const std::string& name);

/// The edit of the schema files that accepts the database as it is. Writes nothing.
/// Throws Error(Fault::usage) where the configuration names no schema.
SchemaEdit accepting_edit(Project& project, const DriftReport& report);

}  // namespace tidemark
