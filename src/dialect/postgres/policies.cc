#include "dialect/postgres/policies.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/postgres/views.h"
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

// Whether a star stands for columns: not in count(*), nor between two factors.
bool selects_everything(std::string_view text) {
  for (std::size_t at = text.find('*'); at != std::string_view::npos; at = text.find('*', at + 1)) {
    const std::string_view before = trim(text.substr(0, at));
    if (before.ends_with('.') || before.ends_with(',') || before.ends_with("select") ||
        before.ends_with("distinct") || before.ends_with("all"))
      return true;
  }
  return false;
}

// Calls the first for each table and view that the policy may read, the second for each column.
template <class UseRelation, class UseColumn>
void for_each_read(const PolicyText& text, const Table* own, const Catalog& catalog,
                   UseRelation use_relation, UseColumn use_column) {
  auto visit = [&](const Table& table) {
    use_relation(table.path);
    for (const Column& column : table.columns)
      if (text.reads_column(table.path, column.name)) use_column(table.path, column.name);
  };
  if (own) visit(*own);
  if (!text.selects()) return;
  for (const Table& table : catalog.tables)
    if (&table != own && text.reads(table.path)) visit(table);
  for (const View& view : catalog.views)
    if (text.reads(view.path)) use_relation(view.path);
}

// Roles, tables, views and columns cannot go, and columns not change their type, while a policy
// speaks of them; a table that goes with all that hangs on it takes the policy along. Roles
// beside PUBLIC are not remembered:
// https://www.postgresql.org/docs/15/sql-createpolicy.html
void release_what_it_uses(Added& draft, const Script& script, const PolicyOn& it) {
  const std::vector<std::string>& roles = it.policy.roles;
  if (std::ranges::find(roles, "public") == roles.end())
    for (const std::string& role : roles) draft.releases(key::role(Name(role)));
  for_each_read(
      PolicyText(script, it), script.table_before(it.table), script.input.before,
      [&](const Path& relation) {
        draft.releases(key::relation(relation))
            .releases(key::relation(old_path_of_view(script, relation)));
      },
      [&](const Path& table, const Name& column) {
        draft.releases(key::column(table, column)).releases(key::old_type(table, column));
      });
}

void need_what_it_uses(Added& draft, const Script& script, const PolicyOn& it) {
  for (const std::string& role : it.policy.roles) draft.needs(key::role(Name(role)));
  for_each_read(
      PolicyText(script, it), script.table_after(it.table), script.input.after,
      [&](const Path& relation) { draft.needs(key::relation(relation)); },
      [&](const Path& table, const Name& column) {
        draft.needs(key::column(table, column)).needs(key::new_type(table, column));
      });
}

void alter_policy(Script& script, const PolicyOn& before, const PolicyOn& after, Rank rank) {
  Added draft =
      script.add_on(after.table, Step::alter_policy, rank,
                    sql("ALTER POLICY ", after.policy.name, " ON ", after.table_sql(), " TO ",
                        bare_roles(after.policy), expressions(after.policy), ";"));
  draft.needs(key::policy(after.table, after.policy.name));
  release_what_it_uses(draft, script, before);
  need_what_it_uses(draft, script, after);
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

PolicyText::PolicyText(const Script& script, const PolicyOn& it)
    : script_(script), own_(it.table), used_(expressions(it.policy)) {
  const std::string text = lower(expressions(it.policy));
  selects_ = text.find("select") != std::string::npos || text.find("table") != std::string::npos;
  everything_ = selects_ && selects_everything(text);
}

bool PolicyText::reads(const Path& relation) const {
  if (relation == own_) return true;
  return selects_ && (used_.of(relation.name) || used_.of(script_.old_path(relation).name) ||
                      used_.of(old_path_of_view(script_, relation).name));
}

bool PolicyText::reads_column(const Path& table, const Name& column) const {
  return reads(table) &&
         (everything_ || used_.of(column) || used_.of(script_.old_name(table, column)));
}

void create_policy(Script& script, const PolicyOn& it, Rank rank) {
  Added draft = script.add_on(it.table, Step::create_policy, rank,
                              sql("CREATE POLICY ", it.policy.name, " ON ", it.table_sql(), " AS ",
                                  upper(it.policy.as), " FOR ", upper(it.policy.command), " TO ",
                                  quoted_roles(it.policy), expressions(it.policy), ";"));
  draft.makes(key::policy(it.table, it.policy.name));
  need_what_it_uses(draft, script, it);
}

void drop_policy(Script& script, const PolicyOn& it, Rank rank) {
  Added draft =
      script.add_on(it.table, Step::drop_policy, rank,
                    sql("DROP POLICY ", it.policy.name, " ON ", it.table_sql(), " CASCADE;"));
  draft.drops(key::policy(it.table, it.policy.name)).needs(renamed(it));
  release_what_it_uses(draft, script, it);
}

void recreate_policy(Script& script, const PolicyOn& before, const PolicyOn& after) {
  drop_policy(script, before, Rank::drop_checks);
  create_policy(
      script, after,
      after.linked ? Rank::create_altered_linked_policies : Rank::create_altered_policies);
  script.recreated_policies.emplace(after.table, after.policy.name);
}

void forget_changes_of_recreated_policies(Script& script) {
  auto is_recreated = [&](const Path& table, const Name& name) {
    return script.recreated_policies.contains({table, name});
  };
  script.leave_out([&](const Change& change, Step) {
    const auto* modify = std::get_if<Modify<Policy>>(&change);
    const auto* alter = std::get_if<Alter<Policy>>(&change);
    return (modify && is_recreated(modify->table, modify->after.name)) ||
           (alter && is_recreated(alter->after.on, alter->after.name));
  });
}

void write(Script& script, const Add<Policy>& change) {
  create_policy(script, {change.table, change.part}, Rank::create_policies);
}

void write(Script& script, const Remove<Policy>& change) {
  drop_policy(script, {change.table, change.part}, Rank::drop_policies);
}

void write(Script& script, const Modify<Policy>& change) {
  PolicyOn before = {change.table, change.before}, after = {change.table, change.after};
  if (!must_be_recreated(change.before, change.after))
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
