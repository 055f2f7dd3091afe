#include <fmt/format.h>

#include "base/text.h"
#include "schema_text/extras.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {

std::string policy_call(const Scope& scope, const Policy& policy) {
  std::vector<std::string> roles;
  for (const std::string& role : policy.roles) {
    auto known = scope.names.roles.find(Name(role));
    roles.push_back(known == scope.names.roles.end() ? double_quoted(role) : known->second);
  }
  std::string out = fmt::format("pgPolicy({}, {{ as: \"{}\", for: \"{}\", to: [{}]",
                                double_quoted(policy.name.text()), lower(policy.as),
                                lower(policy.command), join(roles, ", "));
  if (policy.using_expression)
    out += fmt::format(", using: {}", sql_template(*policy.using_expression));
  if (policy.with_check) out += fmt::format(", withCheck: {} ", sql_template(*policy.with_check));
  return out + " })";
}

std::string table_policies(const Scope& scope, const Table& table) {
  std::string out;
  for (const Policy& policy : table.policies)
    out += item_start(scope, table, policy.name) + policy_call(scope, policy) + ",";
  return out;
}

}  // namespace tidemark::schema_text
