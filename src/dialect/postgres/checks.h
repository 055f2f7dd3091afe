#pragma once

#include <string>

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// `CONSTRAINT "c" CHECK (…)`
std::string check_sql(const Check& it);

void add_check(Script& script, const Path& table, const Check& it, Rank rank);
void drop_check(Script& script, const Path& table, const Check& it, Rank rank);

}  // namespace tidemark::postgres_dialect
