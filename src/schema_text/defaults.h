// Defaults as calls that are chained on a column. A plain value where one says exactly
// the same, SQL everywhere else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema_text/column_type.h"
#include "tidemark/catalog.h"

namespace tidemark::schema_text {

/// `.default(0)`; empty for a column without a default.
std::string postgres_default(const Column& column, const ColumnType& type);
std::string sqlite_default(const Column& column, const ColumnType& type);

/// A number, boolean or null. TypeScript is told to take it where the column's values
/// are something else.
std::string bare_default(const std::string& token, const ColumnType& type);

/// The text of a SQL string that is all of `sql`.
std::optional<std::string> whole_string(std::string_view sql);

/// The elements of an array's literal, as JavaScript. Empty unless Drizzle writes it
/// in just these words.
std::optional<std::string> array_value(std::string_view literal, const ColumnType& type);

}  // namespace tidemark::schema_text
