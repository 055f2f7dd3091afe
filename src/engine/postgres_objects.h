// What in a PostgreSQL database is its users': conditions for queries on pg_catalog.
#pragma once

#include <string_view>

namespace tidemark {

/// The oids of schemas that belong neither to the system nor to an extension.
constexpr std::string_view users_schemas =
    "SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname <> 'information_schema' AND "
    "n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE "
    "d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objid = n.oid AND d.deptype "
    "= 'e')";

/// Of an object `o`.
constexpr std::string_view not_of_an_extension =
    "NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')";

}  // namespace tidemark
