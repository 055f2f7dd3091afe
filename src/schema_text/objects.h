// What a PostgreSQL schema declares before its tables, one function a kind, and views.
// Each statement ends with its line.
#pragma once

#include <string>
#include <vector>

#include "schema_text/scope.h"

namespace tidemark::schema_text {

std::string schemas(const Scope& scope);
std::string roles(const Scope& scope);
std::string enums(const Scope& scope);
std::string sequences(const Scope& scope);
std::string custom_types(const Scope& scope);

std::vector<std::string> policies_apart(const Scope& scope);

std::vector<std::string> postgres_tables(const Scope& scope);
std::vector<std::string> sqlite_tables(const Scope& scope);
std::vector<std::string> postgres_views(const Scope& scope);
std::vector<std::string> sqlite_views(const Scope& scope);

/// `pgTable`, or what makes the same in the schema of `path`: `auth.table`.
std::string maker(const Scope& scope, const Path& path, std::string_view function,
                  std::string_view method);

}  // namespace tidemark::schema_text
