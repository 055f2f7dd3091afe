#pragma once

#include "source/live/live.h"

namespace tidemark {

/// PostgreSQL 12 and later: one pipeline of queries, whatever the number of tables.
LiveCatalog read_postgres(Connection& database, const LiveScope& scope);

/// The same of schemas given by name, whatever their patterns; `version` as in
/// server_version_num.
LiveCatalog read_schemas(Connection& database, const LiveScope& scope,
                         const std::vector<std::string>& schemas, int version);

/// The policies on all tables of the schemas in which `wanted` has some.
std::vector<Policy> read_policies_beside(Connection& database, const std::vector<Policy>& wanted);

/// Sequences that a column owns and serial does not stand for: where the default uses one of its
/// own. They go with their column, and are told only to who takes the database as it is.
void add_owned_sequences(Catalog& live, Connection& database);

/// Those that are declared in `wanted` beside a column that is no serial there; what was taken for
/// serial is read as `wanted` says it.
void take_over_owned_sequences(Catalog& live, const Catalog& wanted, Connection& database);

}  // namespace tidemark
