// What follows the columns of a table, one function a kind: indexes, keys, checks.
// Each item begins with a line end, as the peer writes them.
#pragma once

#include <string>

#include "schema_text/scope.h"

namespace tidemark::schema_text {

std::string postgres_indexes(const Scope& scope, const Table& table);
std::string sqlite_indexes(const Scope& scope, const Table& table);

std::string postgres_foreign_keys(const Scope& scope, const Table& table);
std::string sqlite_foreign_keys(const Scope& scope, const Table& table);

std::string primary_keys(const Scope& scope, const Table& table);
std::string uniques(const Scope& scope, const Table& table);
std::string checks(const Scope& scope, const Table& table);

std::string table_policies(const Scope& scope, const Table& table);
/// `pgPolicy("name", { … })`
std::string policy_call(const Scope& scope, const Policy& policy);

/// `\n\t`, with the notes of an object in a line before it.
std::string item_start(const Scope& scope, const Table& table, const Name& object);

/// `table.a, table.b`
std::string column_list(const Scope& scope, std::string_view object, const Path& table,
                        const std::vector<Name>& columns);

}  // namespace tidemark::schema_text
