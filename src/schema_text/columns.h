// The columns of tables and views, one a line.
#pragma once

#include <string>
#include <vector>

#include "schema_text/column_type.h"
#include "schema_text/scope.h"

namespace tidemark::schema_text {

/// `userId: varchar("user_id", { length: 20 }).array()`: a column up to what is chained.
std::string column_start(const Scope& scope, const ColumnKeys& keys, const Column& column,
                         const ColumnType& type);

/// The lines before it: notes, and what there is to say about its type.
std::string column_comments(const Scope& scope, const Path& owner, const Column& column,
                            const ColumnType& type);

std::string postgres_columns(const Scope& scope, const Table& table);
std::string postgres_columns(const Scope& scope, const View& view);
std::string sqlite_columns(const Scope& scope, const Table& table);
std::string sqlite_columns(const Scope& scope, const View& view);

}  // namespace tidemark::schema_text
