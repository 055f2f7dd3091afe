#pragma once

#include <string>

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// `CREATE TYPE "public"."e" AS ENUM('a', 'b');`
std::string create_enum_sql(const Enum& it);

/// Tells a draft that it uses a column's type, which is the new one where an enum is
/// made anew; or that a column leaves it.
void need_type(Added& draft, const SqlType& type);
void release_type(Added& draft, const SqlType& type);

/// Whether both types are of an enum that is made anew; columns of it get their
/// new defaults on the way.
bool is_remade(const Script& script, const SqlType& before, const SqlType& after);

/// Makes a new table wait for an enum that is made anew, if a default needs it.
void need_new_values(Added& draft, const Script& script, const Column& column);

}  // namespace tidemark::postgres_dialect
