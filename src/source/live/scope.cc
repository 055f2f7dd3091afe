#include "source/live/scope.h"

#include <algorithm>
#include <set>

#include "source/table_filter.h"

namespace tidemark {
namespace {

const std::vector<std::string> supabase = {
    "anon",           "authenticator",  "authenticated",       "service_role",
    "dashboard_user", "supabase_admin", "supabase_auth_admin", "supabase_storage_admin"};
const std::vector<std::string> neon = {"authenticated", "anonymous"};

std::vector<std::string> texts(const json::object& object, std::string_view key) {
  const json::value* list = object.if_contains(key);
  if (!list || !list->is_array()) return {};
  return json::value_to<std::vector<std::string>>(*list);
}

bool holds(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

bool is_used(const Catalog& live, const Enum& type) {
  return std::ranges::any_of(live.tables, [&](const Table& table) {
    return std::ranges::any_of(table.columns, [&](const Column& column) {
      return column.type.schema == type.path.schema &&
             column.type.text.starts_with(type.path.name.text());
    });
  });
}

/// `entities.roles`: true, or { provider, include, exclude }.
RoleScope role_scope(const json::value& said) {
  if (said.is_bool()) return {.any = said.as_bool(), .all = said.as_bool()};
  const json::object* object = said.if_object();
  if (!object) return {};
  RoleScope scope{.any = true, .exclude = texts(*object, "exclude")};
  if (object->if_contains("include")) scope.include = texts(*object, "include");
  const json::value* provider = object->if_contains("provider");
  if (!provider || !provider->is_string()) return scope;
  const auto& theirs = provider->as_string() == "supabase" ? supabase : neon;
  scope.exclude.insert(scope.exclude.end(), theirs.begin(), theirs.end());
  return scope;
}

}  // namespace

bool LiveScope::has_table(const Name& table) const {
  return passes_filter(table.text(), tables) && !holds(extension_tables, table.text());
}

LiveScope live_scope(const Config& config) {
  LiveScope scope{.schemas = config.schema_filter,
                  .tables = config.tables_filter,
                  .roles = role_scope(config.roles)};
  for (const std::string& extension : config.extensions_filters)
    if (extension == "postgis")
      scope.extension_tables = {"geography_columns", "geometry_columns", "spatial_ref_sys"};
  bool schemas = config.engine == Engine::postgresql;
  scope.bookkeeping = {
      {Name(schemas ? config.migrations_schema : ""), Name(config.migrations_table)}};
  return scope;
}

Catalog in_scope(Catalog wanted, const LiveScope& scope) {
  bool schemas = wanted.engine == Engine::postgresql;
  auto out_of_schemas = [&](const Name& schema) {
    return schemas && !passes_filter(schema.text(), scope.schemas);
  };
  auto drop = [&](auto& objects) {
    std::erase_if(objects, [&](const auto& it) { return out_of_schemas(it.path.schema); });
  };
  auto filter = [&](auto& objects) {
    std::erase_if(objects, [&](const auto& it) { return !scope.has_table(it.path.name); });
  };
  drop(wanted.tables), drop(wanted.enums), drop(wanted.sequences), drop(wanted.views);
  filter(wanted.tables), filter(wanted.views);
  std::erase_if(wanted.schemas, [&](const Schema& it) { return out_of_schemas(it.name); });
  std::erase_if(wanted.roles, [&](const Role& it) {
    return !scope.roles.any || holds(scope.roles.exclude, it.name.text());
  });
  return wanted;
}

std::vector<std::string> schemas_out_of(const LiveScope& scope, const Catalog& wanted) {
  std::set<std::string> out;
  auto note = [&](const auto& objects) {
    for (const auto& it : objects)
      if (const std::string& schema = it.path.schema.text(); !passes_filter(schema, scope.schemas))
        out.insert(schema);
  };
  if (wanted.engine != Engine::postgresql) return {};
  note(wanted.tables), note(wanted.enums), note(wanted.sequences), note(wanted.views);
  return {out.begin(), out.end()};
}

void leave_to_others(Catalog& live, const Catalog& wanted, const LiveScope& scope) {
  auto declares = [](const auto& list, auto member, const auto& name) {
    return std::ranges::find(list, name, member) != list.end();
  };
  const RoleScope& roles = scope.roles;
  std::erase_if(live.roles, [&](const Role& it) {
    bool included = roles.all || (roles.include && holds(*roles.include, it.name.text()));
    return !included && !declares(wanted.roles, &Role::name, it.name);
  });
  if (live.engine != Engine::postgresql) return;
  // A schema may use an enum that it does not export.
  std::erase_if(live.enums, [&](const Enum& it) {
    return !declares(wanted.enums, &Enum::path, it.path) && is_used(wanted, it);
  });
  if (scope.tables.empty()) return;
  std::erase_if(live.sequences, [&](const Sequence& it) {
    return !declares(wanted.sequences, &Sequence::path, it.path);
  });
  std::erase_if(live.enums, [&](const Enum& it) {
    return !declares(wanted.enums, &Enum::path, it.path) && !is_used(live, it);
  });
}

}  // namespace tidemark
