#include "source/config.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "source/config_legacy.h"
#include "source/settings.h"

namespace tidemark {
namespace {

using Names = std::vector<std::string>;

const Names top_keys = {"dialect",      "schema",     "out",          "breakpoints",
                        "verbose",      "strict",     "driver",       "dbCredentials",
                        "tablesFilter", "casing",     "schemaFilter", "extensionsFilters",
                        "migrations",   "introspect", "entities",     "sql",
                        "seed"};
const Names credential_keys = {"url",         "authToken",   "host",   "port",
                               "user",        "password",    "ssl",    "database",
                               "accountId",   "databaseId",  "token",  "secretArn",
                               "resourceArn", "tlsSecurity", "dbName", "wranglerConfigPath",
                               "syncUrl"};
const Names dialects = {"postgresql", "sqlite", "turso", "mysql", "singlestore", "gel"};
const Names drivers = {"d1-http", "expo", "durable-sqlite", "aws-data-api", "pglite"};
const Names casings = {"camelCase", "snake_case"};
const Names prefixes = {"index", "timestamp", "supabase", "unix", "none"};

/// Everything that was said, merged, with who said it.
struct Said {
  json::object tree;
  std::map<std::string, std::string> given;
};

void note_givers(const json::object& tree, const std::string& prefix, const std::string& by,
                 std::map<std::string, std::string>& given) {
  for (const auto& [name, value] : tree) {
    std::string key = prefix + std::string(name);
    given[key] = by;
    if (const json::object* child = value.if_object()) note_givers(*child, key + ".", by, given);
  }
}

/// A mistake in the file is one of configuration, whatever kind it is of.
json::value evaluate(const std::filesystem::path& file, const ConfigScript& script) {
  try {
    if (file.extension() == ".json") return parse_json(read_file(file), file.string());
    return script(file);
  } catch (Error& error) {
    if (error.fault() != Fault::failed) throw;
    throw std::move(error).as(Fault::usage);
  }
}

Said read_file_settings(const std::filesystem::path& file, const std::filesystem::path& cwd,
                        const ConfigScript& script) {
  json::value value = evaluate(file, script);
  std::string shown = file.lexically_relative(cwd).generic_string();
  if (shown.empty() || shown.starts_with("..")) shown = file.generic_string();
  if (!value.is_object())
    throw Error(Fault::usage, fmt::format("{} does not export a configuration", shown))
        .hint("Write `export default defineConfig({ dialect: …, schema: … })`.");
  Said said{std::move(value.as_object()), {}};
  note_givers(said.tree, "", shown, said.given);
  return said;
}

/// A database named on the command line replaces the file's: half of one and half
/// of the other would be neither.
void forget_file_database(Said& said, const std::vector<FlagSetting>& flags) {
  for (const FlagSetting& flag : flags) {
    if (flag.key != "dbCredentials.url" && flag.key != "dbCredentials.host") continue;
    said.tree.erase("dbCredentials");
    std::erase_if(said.given, [](auto& entry) { return entry.first.starts_with("dbCredentials"); });
    return;
  }
}

Said merge(const ConfigRequest& request, const std::filesystem::path& file,
           const ConfigScript& script) {
  Said said;
  if (!file.empty()) said = read_file_settings(file, request.cwd, script);
  forget_file_database(said, request.flags);
  for (const FlagSetting& flag : request.flags) {
    set_key(said.tree, flag.key, flag.value);
    said.given[flag.key] = flag.flag;
  }
  return said;
}

Engine read_engine(Settings& settings, bool has_file) {
  if (!settings.find("dialect")) {
    std::string hint =
        has_file ? "Add `dialect: 'postgresql'` (or 'sqlite', 'turso') to what it exports "
                   "by default."
                 : "Run `tidemark init`, or name one with --config or --dialect.";
    throw Error(Fault::usage, has_file ? "the configuration names no dialect"
                                       : "there is no drizzle.config.ts here, and no --dialect")
        .hint(hint);
  }
  auto index = settings.choice("dialect", dialects);
  switch (index.value_or(0)) {
    case 0:
      return Engine::postgresql;
    case 1:
      return Engine::sqlite;
    case 2:
      return Engine::turso;
    default:
      throw Error(Fault::usage,
                  fmt::format("dialect \"{}\" is not supported yet", dialects[*index]))
          .hint("PostgreSQL, SQLite and Turso are.");
  }
}

void read_credentials(Settings& settings, Credentials& into) {
  settings.expect_only("dbCredentials", credential_keys);
  settings.read("dbCredentials.url", into.url);
  settings.read("dbCredentials.authToken", into.auth_token);
  settings.read("dbCredentials.host", into.host);
  settings.read_number("dbCredentials.port", into.port);
  settings.read("dbCredentials.user", into.user);
  settings.read("dbCredentials.password", into.password);
  settings.read("dbCredentials.database", into.database);
  const json::value* ssl = settings.find("dbCredentials.ssl");
  if (!ssl) return;
  if (ssl->is_bool())
    into.ssl = ssl->as_bool() ? "true" : "false";
  else if (ssl->is_object())
    into.ssl = "object";
  else
    settings.read("dbCredentials.ssl", into.ssl);
}

/// An embedded replica is a copy that its application keeps: what is done is done to the
/// database that it is synchronised with, unless a flag names another.
void follow_to_primary(Settings& settings, Config& config) {
  std::string primary;
  settings.read("dbCredentials.syncUrl", primary);
  if (!primary.empty() && !config.from("dbCredentials.url").starts_with("--"))
    config.credentials.url = primary;
}

void read_driver(Settings& settings, Config& config) {
  auto index = settings.choice("driver", drivers);
  if (!index) return;
  config.driver = drivers[*index];
  bool for_sqlite = *index < 3;
  if (for_sqlite != (config.engine != Engine::postgresql))
    settings.mistake("driver", fmt::format("\"{}\" goes with dialect \"{}\"", config.driver,
                                           for_sqlite ? "sqlite" : "postgresql"));
}

void read_migrations(Settings& settings, Config& config) {
  settings.expect_only("migrations",
                       Names{"table", "schema", "prefix", "keepRows", "late", "edited"});
  settings.read("migrations.table", config.migrations_table);
  settings.read("migrations.schema", config.migrations_schema);
  if (const json::value* rows = settings.find("migrations.keepRows")) {
    boost::system::error_code error;
    auto number = rows->to_number<std::uint64_t>(error);
    if (error)
      settings.mistake("migrations.keepRows", "must be a number of rows");
    else
      config.keep_rows = number;
  }
  config.refuses_late = settings.choice("migrations.late", Names{"apply", "refuse"}) == 1U;
  config.refuses_edited = settings.choice("migrations.edited", Names{"warn", "refuse"}) == 1U;
  if (auto index = settings.choice("migrations.prefix", prefixes))
    config.prefix = static_cast<Prefix>(*index);
}

void read_filters(Settings& settings, Config& config) {
  settings.read("tablesFilter", config.tables_filter);
  settings.read("schemaFilter", config.schema_filter);
  settings.read("extensionsFilters", config.extensions_filters);
  settings.expect_only("entities", Names{"roles"});
  if (const json::value* roles = settings.find("entities.roles")) config.roles = *roles;
  settings.expect_only("introspect", Names{"casing"});
  Names introspect_casings = {"camel", "preserve"};
  if (auto index = settings.choice("introspect.casing", introspect_casings))
    config.introspect_casing = introspect_casings[*index];
}

[[noreturn]] void refuse(const std::vector<std::string>& mistakes) {
  if (mistakes.size() == 1) throw Error(Fault::usage, mistakes[0]);
  throw Error(Fault::usage, fmt::format("the configuration has {} mistakes:\n  - {}",
                                        mistakes.size(), join(mistakes, "\n  - ")));
}

/// What nobody wrote, but the driver, the URL or an old spelling of a command says.
void infer_dialect(Said& said, const std::string& otherwise) {
  if (said.tree.contains("dialect")) return;
  std::string dialect = inferred_dialect(said.tree);
  if (dialect.empty()) dialect = otherwise;
  if (dialect.empty()) return;
  said.tree["dialect"] = dialect;
  said.given["dialect"] = "inferred";
}

Config interpret(Said said, const std::filesystem::path& file, const std::string& dialect) {
  Config config;
  config.file = file;
  config.libsql = has_libsql_driver(said.tree);
  config.warnings = modernise(said.tree, said.given);
  infer_dialect(said, dialect);
  config.given = std::move(said.given);
  Settings settings(std::move(said.tree), config.given);

  settings.expect_only("", top_keys);
  config.engine = read_engine(settings, !file.empty());
  settings.read("schema", config.schema);
  std::string out = config.out.string();
  settings.read("out", out);
  config.out = out.empty() ? "." : out;
  settings.read("breakpoints", config.breakpoints);
  settings.read("verbose", config.verbose);
  settings.read("strict", config.strict);
  settings.read("sql", config.sql);
  settings.read("seed", config.seed);
  if (auto index = settings.choice("casing", casings))
    config.casing = static_cast<Casing>(*index + 1);
  read_driver(settings, config);
  read_credentials(settings, config.credentials);
  follow_to_primary(settings, config);
  read_filters(settings, config);
  read_migrations(settings, config);

  if (!settings.mistakes().empty()) refuse(settings.mistakes());
  config.warnings.insert(config.warnings.end(), settings.warnings().begin(),
                         settings.warnings().end());
  return config;
}

}  // namespace

std::string Config::from(const std::string& key) const {
  auto found = given.find(key);
  return found == given.end() ? "default" : found->second;
}

std::filesystem::path find_config(const ConfigRequest& request) {
  if (request.file) {
    std::filesystem::path named = request.cwd / *request.file;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(named, ignored)) return named.lexically_normal();
    throw Error(Fault::usage, fmt::format("there is no file {}", request.file->string()))
        .hint("--config takes the path of a drizzle.config file, relative to this folder.");
  }
  // The peer looks for the first three, in this order.
  for (const char* ending : {"ts", "js", "json", "mts", "cts", "mjs", "cjs"}) {
    std::filesystem::path file = request.cwd / fmt::format("drizzle.config.{}", ending);
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file;
  }
  return {};
}

Config load_config(const ConfigRequest& request, const ConfigScript& script) {
  std::filesystem::path file = find_config(request);
  return interpret(merge(request, file, script), file, request.dialect_if_missing);
}

}  // namespace tidemark
