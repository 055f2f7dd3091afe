#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// CREATE INDEX, as it is written into migrations.
std::string index_sql(const Path& table, const Index& index);

void create_index(Script& script, const Path& table, const Index& index, Rank rank);
void drop_index(Script& script, const Path& table, const Index& index, Rank rank);

}  // namespace tidemark::postgres_dialect
