#include "dialect/postgres/policies.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/postgres/generated_columns.h"
#include "dialect/postgres/words.h"

namespace tidemark::postgres_dialect {

namespace {

bool is_role_word(const std::string& role) {
  constexpr std::array words = {"current_user", "current_role", "session_user", "public"};
  return std::ranges::find(words, role) != words.end();
}

std::string expressions(const Policy& policy) {
  std::string out;
  if (policy.using_expression) out += " USING (" + *policy.using_expression + ")";
  if (policy.with_check) out += " WITH CHECK (" + *policy.with_check + ")";
  return out;
}

std::string quoted_roles(const Policy& policy) {
  std::vector<std::string> roles;
  for (const std::string& role : policy.roles)
    roles.push_back(is_role_word(role) ? role : sql(Name(role)));
  return join(roles, ", ");
}

// ALTER POLICY of the peer quotes no role; so do we where a role needs no quotes.
std::string bare_roles(const Policy& policy) {
  std::vector<std::string> roles;
  for (const std::string& role : policy.roles)
    roles.push_back(is_role_word(role) || needs_no_quotes(role) ? role : sql(Name(role)));
  return join(roles, ",");
}

// What ALTER POLICY cannot say: another kind, or an expression taken away.
bool must_be_recreated(const Policy& before, const Policy& after) {
  return before.as != after.as || before.command != after.command ||
         (before.using_expression && !after.using_expression) ||
         (before.with_check && !after.with_check);
}

// A policy has the name by which it is dropped.
Key renamed(const PolicyOn& it) { return key::part("renamed policy", it.table, it.policy.name); }

// Roles and columns cannot go, and columns not change their type, while a policy speaks
// of them. Roles beside PUBLIC are not remembered:
// https://www.postgresql.org/docs/15/sql-createpolicy.html
void release_what_it_uses(Added& draft, const Script& script, const PolicyOn& it) {
  const std::vector<std::string>& roles = it.policy.roles;
  if (std::ranges::find(roles, "public") == roles.end())
    for (const std::string& role : roles) draft.releases(key::role(Name(role)));
  script.for_each_mentioned(
      expressions(it.policy), script.table_before(it.table), [&](const Name& column) {
        draft.releases(key::column(it.table, column)).releases(key::old_type(it.table, column));
      });
}

void alter_policy(Script& script, const PolicyOn& before, const PolicyOn& after, Rank rank) {
  Added draft =
      script.add_on(after.table, Step::alter_policy, rank,
                    sql("ALTER POLICY ", after.policy.name, " ON ", after.table_sql(), " TO ",
                        bare_roles(after.policy), expressions(after.policy), ";"));
  draft.needs(key::policy(after.table, after.policy.name));
  release_what_it_uses(draft, script, before);
  for (const std::string& role : after.policy.roles) draft.needs(key::role(Name(role)));
}

void rename_policy(Script& script, const PolicyOn& it, const Name& before, Rank rank) {
  script
      .add_on(
          it.table, Step::rename_policy, rank,
          sql("ALTER POLICY ", before, " ON ", it.table_sql(), " RENAME TO ", it.policy.name, ";"))
      .vacates(key::policy(it.table, before))
      .makes(key::policy(it.table, it.policy.name))
      .makes(renamed(it));
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

}  // namespace

void create_policy(Script& script, const PolicyOn& it, Rank rank) {
  Added draft = script.add_on(it.table, Step::create_policy, rank,
                              sql("CREATE POLICY ", it.policy.name, " ON ", it.table_sql(), " AS ",
                                  upper(it.policy.as), " FOR ", upper(it.policy.command), " TO ",
                                  quoted_roles(it.policy), expressions(it.policy), ";"));
  draft.makes(key::policy(it.table, it.policy.name));
  for (const std::string& role : it.policy.roles) draft.needs(key::role(Name(role)));
  script.for_each_mentioned(
      expressions(it.policy), script.table_after(it.table), [&](const Name& column) {
        draft.needs(key::column(it.table, column)).needs(key::new_type(it.table, column));
      });
}

void drop_policy(Script& script, const PolicyOn& it, Rank rank) {
  Added draft =
      script.add_on(it.table, Step::drop_policy, rank,
                    sql("DROP POLICY ", it.policy.name, " ON ", it.table_sql(), " CASCADE;"));
  draft.drops(key::policy(it.table, it.policy.name)).needs(renamed(it));
  release_what_it_uses(draft, script, it);
}

void write(Script& script, const Add<Policy>& change) {
  create_policy(script, {change.table, change.part}, Rank::create_policies);
}

void write(Script& script, const Remove<Policy>& change) {
  drop_policy(script, {change.table, change.part}, Rank::drop_policies);
}

void write(Script& script, const Modify<Policy>& change) {
  PolicyOn before = {change.table, change.before}, after = {change.table, change.after};
  if (!must_be_recreated(change.before, change.after) &&
      !reads_a_retyped_column(script, change.table, expressions(change.before)))
    return alter_policy(script, before, after, Rank::alter_policies);
  drop_policy(script, before, Rank::drop_altered_policies);
  create_policy(script, after, Rank::create_altered_policies);
}

void write(Script& script, const RenamePart<Policy>& change) {
  Policy renamed = {.name = change.after};
  rename_policy(script, {change.table, renamed}, change.before, Rank::rename_policies);
}

void write(Script& script, const Create<Policy>& change) {
  create_policy(script, {change.object.on, change.object, true}, Rank::create_linked_policies);
}

void write(Script& script, const Drop<Policy>& change) {
  drop_policy(script, {change.object.on, change.object, true}, Rank::drop_linked_policies);
}

void write(Script& script, const Alter<Policy>& change) {
  PolicyOn before = {change.before.on, change.before, true};
  PolicyOn after = {change.after.on, change.after, true};
  if (change.before.on == change.after.on && !must_be_recreated(change.before, change.after))
    return alter_policy(script, before, after, Rank::alter_linked_policies);
  drop_policy(script, before, Rank::drop_altered_linked_policies);
  create_policy(script, after, Rank::create_altered_linked_policies);
}

void write(Script& script, const Rename<Policy>& change) {
  const auto& policies = script.input.after.policies;
  auto renamed = std::ranges::find(policies, change.after.name, &Policy::name);
  if (renamed == policies.end()) return;
  rename_policy(script, {renamed->on, *renamed, true}, change.before.name,
                Rank::rename_linked_policies);
}

}  // namespace tidemark::postgres_dialect
