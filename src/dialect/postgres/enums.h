#pragma once

#include <string>

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// `CREATE TYPE "public"."e" AS ENUM('a', 'b');`
std::string create_enum_sql(const Enum& it);

/// That an enum that is made anew has its new values.
Key new_values(const Path& type);

/// Makes a new table wait for an enum that is made anew, if a default needs it.
void need_new_values(Added& draft, const Script& script, const Column& column);

}  // namespace tidemark::postgres_dialect
