#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// CREATE INDEX, as it is written into migrations.
std::string index_sql(const Path& table, const Index& index);

/// Whether the index takes a column of it, of an enum or an array of one, while that is text.
/// The server names no class that is the default of the type that it has at first.
bool takes_text(const Index& index, const IndexColumn& column);

void create_index(Script& script, const Path& table, const Index& index, Rank rank);
void drop_index(Script& script, const Path& table, const Index& index, Rank rank);

}  // namespace tidemark::postgres_dialect
