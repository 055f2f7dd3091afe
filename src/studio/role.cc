#include "studio/role.h"

#include <fmt/format.h>

namespace tidemark::studio {
namespace {

/// A superuser is a member of all roles; the oldest servers do not have these.
constexpr const char* powers_query = R"(
SELECT current_user, (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
FROM pg_catalog.pg_roles
WHERE rolname = current_user OR (rolname IN ('pg_execute_server_program', 'pg_write_server_files')
  AND pg_catalog.pg_has_role(oid, 'MEMBER'))
GROUP BY 1 HAVING count(*) > 1 OR bool_or(rolsuper))";

}  // namespace

std::string powers_beyond_reading(Connection& database) {
  Rows rows = database.query(powers_query);
  if (rows.rows.empty()) return {};
  bool super = rows.rows[0][1] == "t";
  return fmt::format(
      "Read-only does not hold back all that {} may do: as {} it can run programs or write files "
      "on the server. Connect with a role that may only SELECT.",
      rows.rows[0][0].value_or("the role"),
      super ? "a superuser" : "a member of pg_execute_server_program or pg_write_server_files");
}

}  // namespace tidemark::studio
