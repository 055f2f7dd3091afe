#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

void add_foreign_key(Script& script, const Path& table, const ForeignKey& it, Rank rank);
void drop_foreign_key(Script& script, const Path& table, const ForeignKey& it, Rank rank);

}  // namespace tidemark::postgres_dialect
