// libSQL's ALTER COLUMN and the indexes it leaves stale.
#pragma once

#include <string_view>
#include <vector>

#include "dialect/dialect.h"

namespace tidemark::sqlite_sql {

/// libSQL writes the new definition of a column over the old one up to the first comma, or up to
/// the closing parenthesis that has no opening one before it: it does not look for texts, and
/// takes a comma in parentheses for the end too. What then stays of the old one spoils the
/// table. `definition` is the old one, from the column's name on.
bool is_cut_short(std::string_view definition);

/// Whether a statement changes a column in its place, which only libSQL can.
bool alters_column(const RenderInput& input, const Draft& draft);

/// libSQL changes a column without touching its indexes. As with the peer, all
/// indexes that stay are dropped before the first such change and created again
/// after it; where a later change concerns an index too, after the last.
void guard_indexes(const RenderInput& input, std::vector<Draft>& drafts);

}  // namespace tidemark::sqlite_sql
