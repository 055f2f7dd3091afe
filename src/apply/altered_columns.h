// libSQL takes a new NOT NULL, CHECK, collation or reference of ALTER COLUMN without
// looking at the rows, and leaves the indexes as they were: queries then miss rows. And
// what is written anew is all that the column has then. SQLite has no such statement; a
// project for libSQL servers may have a file for its developers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apply/splitter.h"
#include "connect/connection.h"
#include "dialect/sqlite/create_text.h"

namespace tidemark {

/// Whether there will be something to check.
bool alters_columns(std::span<const MigrationStatement> statements);

/// ``ALTER TABLE `t` ALTER COLUMN "c" TO "c" …``
struct Alteration {
  std::string table, column;                      // in lower case
  std::vector<sqlite_sql::ColumnClause> clauses;  // of the new definition
  std::size_t start, end;                         // of it, after the name, in the statement
};

/// Of a statement as both generators write it, which know nothing of what was written into the
/// definition by hand. Nothing for another statement, or one in another form.
std::optional<Alteration> generated_alteration(const std::string& sql);

/// What is to be run on `database` for a statement: on SQLite, an ALTER COLUMN as both generators
/// write it has been done when this returns, as libSQL does it, by the table's definition; then
/// there is nothing left to run. To be called inside the transaction. Throws DatabaseError.
std::string with_column_altered(Connection& database, std::string sql);

/// To be called after the statements, inside their transaction; does nothing on
/// PostgreSQL. Throws DatabaseError that says what does not fit, with the index of the
/// statement that asked for it.
void check_altered_columns(Connection& database, std::span<const MigrationStatement> statements);

}  // namespace tidemark
