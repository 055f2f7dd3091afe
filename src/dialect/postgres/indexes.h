#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

void create_index(Script& script, const Path& table, const Index& index, Rank rank);
void drop_index(Script& script, const Path& table, const Index& index, Rank rank);

}  // namespace tidemark::postgres_dialect
