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

}  // namespace tidemark
