// libSQL's ALTER COLUMN and the indexes it leaves stale.
#pragma once

#include <vector>

#include "dialect/dialect.h"

namespace tidemark::sqlite_sql {

/// Whether a statement changes a column in its place, which only libSQL can.
bool alters_column(const RenderInput& input, const Draft& draft);

/// libSQL changes a column without touching its indexes. As with the peer, all
/// indexes that stay are dropped before the first such change and created again
/// after it; where a later change concerns an index too, after the last.
void guard_indexes(const RenderInput& input, std::vector<Draft>& drafts);

}  // namespace tidemark::sqlite_sql
