// Where SQLite's keys are written: at their column, as the peer does where it can, or
// behind the columns.
#pragma once

#include <vector>

#include "schema_text/cycles.h"
#include "tidemark/catalog.h"

namespace tidemark::schema_text {

/// How many of a table's foreign keys are written at their columns: from the first on,
/// because those behind the columns come after in the list that Drizzle makes.
std::size_t inline_references(const Table& table);

/// Whether foreign keys behind the columns close a circle.
bool types_extras(const Table& table, const Cycles& cycles);

/// A primary key that allows NULL, as SQLite's do. `.primaryKey()` of a column does not,
/// so it is written behind the columns, where nothing is said about NULL.
bool has_key_apart(const Column& column);

}  // namespace tidemark::schema_text
