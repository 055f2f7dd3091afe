#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

void create_view(Script& script, const View& view, Rank rank);
void drop_view(Script& script, const View& view, Rank rank);

}  // namespace tidemark::postgres_dialect
