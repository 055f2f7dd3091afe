// Policies and roles.
#include <algorithm>

#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

constexpr std::string_view policies_query = R"(
SELECT p.polrelid, p.polname, p.polpermissive, p.polcmd,
  (SELECT json_agg(coalesce(r.rolname, 'public')) FROM unnest(p.polroles) m(oid)
     LEFT JOIN pg_roles r ON r.oid = m.oid),
  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), n.nspname, c.relname
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY ($1::text[])
ORDER BY p.polrelid, p.polname)";

std::string command(const std::string& code) {
  switch (code[0]) {
    case 'r':
      return "SELECT";
    case 'a':
      return "INSERT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    default:
      return "ALL";
  }
}

Policy policy_of(const Fields& row) {
  Policy policy{.name = row.name(1),
                .as = row.flag(2) ? "PERMISSIVE" : "RESTRICTIVE",
                .command = command(row.text(3)),
                .roles = row.texts(4)};
  std::ranges::sort(policy.roles);
  if (row.has(5)) policy.using_expression = row.text(5);
  if (row.has(6)) policy.with_check = row.text(6);
  return policy;
}

void read_policy(Reading& reading, const Fields& row) {
  if (Table* table = reading.table(row.text(0))) table->policies.push_back(policy_of(row));
}

// $1 is asked of every query; roles belong to no schema.
constexpr std::string_view roles_query = R"(
SELECT r.rolname, r.rolcreatedb, r.rolcreaterole, r.rolinherit FROM pg_roles r
WHERE r.rolname !~ '^pg_' AND r.rolname <> current_user AND NOT r.rolsuper AND $1::text[] IS NOT NULL
ORDER BY r.rolname)";

void read_role(Reading& reading, const Fields& row) {
  const RoleScope& scope = reading.scope.roles;
  auto names = [&](const std::vector<std::string>& list) {
    return std::ranges::find(list, row.text(0)) != list.end();
  };
  if (!scope.any || names(scope.exclude)) return;
  reading.live.catalog.roles.push_back({.name = row.name(0),
                                        .create_db = row.flag(1),
                                        .create_role = row.flag(2),
                                        .inherit = row.flag(3)});
}

}  // namespace

Reader policies() { return {policies_query, read_policy}; }
Policy policy_with_table(const Fields& row) {
  Policy policy = policy_of(row);
  policy.on = {row.name(7), row.name(8)};
  return policy;
}
Reader roles() { return {roles_query, read_role}; }

}  // namespace tidemark::postgres_live
