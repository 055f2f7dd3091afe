// What a migration did to the schema, as a diagram of both sides.
#pragma once

#include "base/json.h"
#include "engine/migration_step.h"

namespace tidemark::studio {

/// The diagram of `diagram_json` with what was and what is. Tables, columns and keys that
/// differ have "mark": "added", "removed" or "changed"; a new name has "was".
json::object step_diagram(const MigrationStep& step);

}  // namespace tidemark::studio
