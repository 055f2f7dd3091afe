// libSQL takes a new NOT NULL, CHECK, collation or reference of ALTER COLUMN without
// looking at the rows, and leaves the indexes as they were: queries then miss rows. And
// what is written anew is all that the column has then.
#pragma once

#include <span>
#include <string>

#include "apply/splitter.h"
#include "connect/connection.h"

namespace tidemark {

/// Whether there will be something to check. Only on a libSQL server.
bool alters_columns(std::span<const MigrationStatement> statements);

/// The statement as it is to be run: an ALTER COLUMN in the form of the generators, which know
/// nothing of a collation, a check or a reference that was written into the definition of the
/// column, says these again. One that its author wrote stays as it is. Other engines: as given.
std::string with_kept_clauses(Connection& database, const std::string& sql);

/// To be called after the statements, inside their transaction; does nothing on other
/// engines. Throws DatabaseError that says what does not fit, with the index of the
/// statement that asked for it.
void check_altered_columns(Connection& database, std::span<const MigrationStatement> statements);

}  // namespace tidemark
