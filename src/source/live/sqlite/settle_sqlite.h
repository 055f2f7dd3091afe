#pragma once

#include "source/live/settle.h"

namespace tidemark::sqlite_live {

/// SQLite prints what it was given, so there is nothing to ask it: what differs in more
/// than its spelling differs.
Settled settle_sqlite(Catalog live, const Catalog& wanted);

/// Do two expressions over the columns of `table` say the same? Space, comments, quotes
/// around names, the case of names and keywords, the table before a column, and
/// parentheses around the whole do not count.
bool same_expression(std::string_view a, std::string_view b, const Name& table);

/// With types, keys and names as the peer's `pull` would write them.
Catalog in_plain_words(Catalog live);

}  // namespace tidemark::sqlite_live
