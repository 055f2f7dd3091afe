// From changes to the drafts of their statements, ranked as the peer lists them.
#pragma once

#include <vector>

#include "dialect/dialect.h"

namespace tidemark::sqlite_sql {

std::vector<Draft> render(const RenderInput& input, bool libsql);

}  // namespace tidemark::sqlite_sql
