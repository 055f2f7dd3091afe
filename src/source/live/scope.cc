#include "source/live/scope.h"

#include <algorithm>

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

/// `entities.roles`: true, or { provider, include, exclude }.
RoleScope role_scope(const json::value& said) {
  if (said.is_bool()) return {.any = said.as_bool()};
  const json::object* object = said.if_object();
  if (!object) return {};
  RoleScope scope{
      .any = true, .include = texts(*object, "include"), .exclude = texts(*object, "exclude")};
  const json::value* provider = object->if_contains("provider");
  if (!provider || !provider->is_string()) return scope;
  const auto& theirs = provider->as_string() == "supabase" ? supabase : neon;
  scope.exclude.insert(scope.exclude.end(), theirs.begin(), theirs.end());
  return scope;
}

}  // namespace

LiveScope live_scope(const Config& config) {
  LiveScope scope{.schemas = config.schema_filter,
                  .tables = config.tables_filter,
                  .roles = role_scope(config.roles)};
  for (const std::string& extension : config.extensions_filters)
    if (extension == "postgis")
      for (const char* table : {"!geography_columns", "!geometry_columns", "!spatial_ref_sys"})
        scope.tables.emplace_back(table);
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
    std::erase_if(
        objects, [&](const auto& it) { return !passes_filter(it.path.name.text(), scope.tables); });
  };
  drop(wanted.tables), drop(wanted.enums), drop(wanted.sequences), drop(wanted.views);
  filter(wanted.tables), filter(wanted.views);
  std::erase_if(wanted.schemas, [&](const Schema& it) { return out_of_schemas(it.name); });
  if (!scope.roles.any) wanted.roles.clear();
  return wanted;
}

}  // namespace tidemark
