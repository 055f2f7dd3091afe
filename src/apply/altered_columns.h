// libSQL takes a new NOT NULL, CHECK, collation or reference of ALTER COLUMN without
// looking at the rows, and leaves the indexes as they were: queries then miss rows. And
// what is written anew is all that the column has then.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "apply/splitter.h"
#include "connect/connection.h"

namespace tidemark {

/// Whether there will be something to check. Only on a libSQL server.
bool alters_columns(std::span<const MigrationStatement> statements);

/// A collation, check or reference in the definition of a column: its first keyword. All in
/// lower case.
struct WrittenClause {
  std::string table, column, what;
};
using IsKept = std::function<bool(const WrittenClause&)>;

/// An ALTER COLUMN as it is to be run.
struct FittedAlteration {
  std::string sql;
  std::string kept = {};  // what it says again; empty if nothing
};

/// A statement in the form of the generators knows nothing of a clause that was written into the
/// definition of the column: it says those again that `is_kept`. In another form, and on other
/// engines, it stays as it is.
FittedAlteration with_kept_clauses(Connection& database, const std::string& sql,
                                   const IsKept& is_kept);

/// To be called after the statements, inside their transaction; does nothing on other
/// engines. Throws DatabaseError that says what does not fit, with the index of the
/// statement that asked for it.
void check_altered_columns(Connection& database, std::span<const MigrationStatement> statements);

}  // namespace tidemark
