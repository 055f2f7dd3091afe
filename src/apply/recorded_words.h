// A way back is written from a schema, which may have had other words for a table than the
// database: `numeric` for DATETIME, no word for a CHECK that was written by hand. The record of the
// migration has the database's own.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "apply/splitter.h"

namespace tidemark {

/// Of SQLite: the SQL of what a migration changed or dropped, as it was before it, by kind and name
/// in lower case ("table users").
using Definitions = std::map<std::string, std::string>;

/// Of what the log keeps; empty for one that has no definitions.
Definitions definitions_before(std::string_view text);

/// A statement of a way back as it was generated, that makes a table, the successor of one in a
/// rebuild, an index or a column, or alters a column in its place: with the definition that was
/// there, where the statement's is another and both speak of the same columns, tables and
/// references. `script` is all of the way back. ON CONFLICT in what rows are copied into would
/// pass over rows that do not fit: the statement then stays as it is.
std::string in_recorded_words(const std::string& sql, std::span<const MigrationStatement> script,
                              const Definitions& before);

}  // namespace tidemark
