#include "cli/flags.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/rename_prompt.h"

namespace tidemark {
namespace {

using SharedRequest = std::shared_ptr<ProjectRequest>;

void add_database_settings(CommandLine& app, const SharedRequest& request) {
  add_setting(app, request, "--url", "dbCredentials.url", "URL",
              "database to use instead of the configured one");
  add_setting(app, request, "--host", "dbCredentials.host", "HOST",
              "its parts, where there is no URL");
  add_setting(app, request, "--port", "dbCredentials.port", "PORT", "5432 when left out");
  add_setting(app, request, "--user", "dbCredentials.user", "NAME", "who connects");
  add_setting(app, request, "--password", "dbCredentials.password", "TEXT",
              "better kept in a variable");
  add_setting(app, request, "--database", "dbCredentials.database", "NAME",
              "the database on that server");
  add_setting(app, request, "--ssl", "dbCredentials.ssl", "MODE",
              "require, allow, prefer, verify-full, true or false");
  add_setting(app, request, "--auth-token", "dbCredentials.authToken", "TOKEN",
              "of a Turso database; else $TURSO_AUTH_TOKEN");
}

void add_list(CommandLine& app, const SharedRequest& request, const std::string& flag,
              const std::string& key, const std::string& explanation) {
  app.on_values(
         flag,
         [request, flag, key](const std::vector<std::string>& values) {
           request->flags.push_back({flag, key, json::array(values.begin(), values.end())});
         },
         explanation)
      .type_name("PATTERN")
      .separated_by(',');
}

void add_filters(CommandLine& app, const SharedRequest& request) {
  add_list(app, request, "--tablesFilter", "tablesFilter", "only these tables; !name leaves out");
  add_list(app, request, "--schemaFilters,--schemaFilter", "schemaFilter",
           "only these schemas; public when left out");
  add_list(app, request, "--extensionsFilters", "extensionsFilters",
           "leave the tables of an extension alone: postgis");
}

}  // namespace

void add_setting(CommandLine& app, const SharedRequest& request, const std::string& flag,
                 const std::string& key, const std::string& value_name,
                 const std::string& explanation) {
  app.on_value(
         flag,
         [request, flag, key](const std::string& value) {
           request->flags.push_back({flag, key, json::string(value)});
         },
         explanation)
      .type_name(value_name);
}

void show_warnings(Project& project, Console& console) {
  for (const std::string& warning : project.take_warnings()) console.warn(warning);
}

void add_json_flag(CommandLine& app) {
  // Looked for before the flags are parsed, so that their errors are events too.
  app.on_flag(
      "--json", [](bool) {}, "one JSON event a line, instead of text");
}

std::shared_ptr<ProjectRequest> add_project_flags(CommandLine& app, std::string_view old_dialect,
                                                  ProjectFlagSet set) {
  auto request = std::make_shared<ProjectRequest>();
  request->dialect_if_missing = old_dialect;
  app.on_value(
         "--config", [request](const std::string& file) { request->config_file = file; },
         "configuration file; else drizzle.config.{ts,js,json,…} here")
      .type_name("FILE");
  app.on_values(
         "--env-file",
         [request](const std::vector<std::string>& files) {
           request->env_files.assign(files.begin(), files.end());
         },
         "variables from this file instead of .env and .env.local")
      .type_name("FILE");
  add_setting(app, request, "--dialect", "dialect", "NAME", "postgresql, sqlite or turso");
  if (set.schema) {
    app.on_values(
           "--schema",
           [request](const std::vector<std::string>& paths) {
             request->flags.push_back(
                 {"--schema", "schema", json::array(paths.begin(), paths.end())});
           },
           "schema files: paths, folders or globs")
        .type_name("PATH");
    add_setting(app, request, "--casing", "casing", "STYLE",
                "camelCase or snake_case, for keys that serve as names");
  }
  if (set.out) {
    add_setting(app, request, "--out", "out", "FOLDER", "migrations folder; default ./drizzle");
    add_setting(app, request, "--driver", "driver", "NAME", "as in the configuration");
  }
  if (set.database) add_database_settings(app, request);
  if (set.filters) add_filters(app, request);
  add_json_flag(app);
  return request;
}

Hazard parse_hazard(const std::string& flag, const std::string& name) {
  if (auto hazard = hazard_of(name)) return *hazard;
  std::vector<std::string> names(all_hazard_names().begin(), all_hazard_names().end());
  std::string meant = did_you_mean(name, names);
  throw Error(Fault::usage, fmt::format("{} \"{}\": there is no such hazard", flag, name))
      .hint(meant.empty() ? fmt::format("They are {}.", join(names, ", "))
                          : fmt::format("Did you mean {}?", meant));
}

std::shared_ptr<RenameFlags> add_rename_flags(CommandLine& app) {
  auto flags = std::make_shared<RenameFlags>();
  app.add_option("--rename", flags->answers,
                 "answers a rename question: KIND:OLD=NEW, as in "
                 "column:public.users.name=full_name; repeatable")
      .type_name("ANSWER");
  app.add_flag("--rename-none", flags->none, "nothing is a rename: drop the old, create the new");
  return flags;
}

Renaming::Renaming(const RenameFlags& flags, Console& console) {
  if (flags.none)
    otherwise_ = std::make_unique<NoRenames>();
  else if (console.asks())
    otherwise_ = std::make_unique<RenamePrompt>(console);
  else
    otherwise_ = std::make_unique<NobodyToAsk>();
  resolver_ = std::make_unique<GivenRenames>(flags.answers, *otherwise_);
}

}  // namespace tidemark
