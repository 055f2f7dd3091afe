// Generated columns that have to be made anew.
#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// Whether the type of a column changes that the expression may speak of. The server
/// refuses that while a generated column or a policy does.
bool reads_a_retyped_column(const Script& script, const Path& table, const std::string& expression);

/// Drops the column and adds it again, and with it what the server drops along.
void recreate_generated(Script& script, const Path& table, const Column& before,
                        const Column& after);

}  // namespace tidemark::postgres_dialect
