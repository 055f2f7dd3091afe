#pragma once

#include <string>

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// `CONSTRAINT "u" UNIQUE("a","b")`
std::string unique_sql(const Unique& it);

void add_unique(Script& script, const Path& table, const Unique& it);

}  // namespace tidemark::postgres_dialect
