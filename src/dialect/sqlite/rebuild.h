// Building a table anew: what SQLite's ALTER TABLE cannot do is done by filling a
// new table with the rows of the old one, which it then replaces.
#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.h"
#include "tidemark/catalog.h"

namespace tidemark::sqlite_sql {

/// Statements in the order in which they must run, its indexes last. Values of
/// columns that both tables have are copied, except into generated columns.
std::vector<Draft> rebuild(const Table& before, const Table& after);

/// The table that takes the place of another, with what that one has and no schema has a
/// word for.
Table keeping(Table after, const Table& before);

}  // namespace tidemark::sqlite_sql
