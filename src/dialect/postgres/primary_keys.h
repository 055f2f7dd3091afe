#pragma once

#include <string>

#include "dialect/postgres/script.h"
#include "tidemark/catalog.h"

namespace tidemark::postgres_dialect {

/// ` PRIMARY KEY("a","b")` after the constraint's name.
std::string primary_key_sql(const PrimaryKey& key);

/// Whether a column belongs to the primary key, written at the column or not.
bool in_primary_key(const Table& table, const Name& column);

// The key written at a column itself.
void add_column_key(Script& script, const Path& table, const Name& column);
void drop_column_key(Script& script, const Path& table, const Name& column);

}  // namespace tidemark::postgres_dialect
