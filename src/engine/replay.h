// What a migration did to the catalog, where nobody recorded it: another tool applied it, or it was
// one of very many. A SQLite database is made in no time, so the folder is run in memory.
#pragma once

#include <string>

#include "engine/database.h"

namespace tidemark {

/// As the log would have it, of SQLite and libSQL; for a migration that is applied. Empty where the
/// folder cannot be run without its rows, or where the database has what that migration changed in
/// other words than the folder gives.
std::string replayed_record(Target& target, const std::string& tag);

}  // namespace tidemark
