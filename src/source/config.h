// The configuration of a project: what `drizzle.config.*`, its environment and
// the command line say together. The command line wins over the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "folder/migration_name.h"
#include "source/environment.h"
#include "tidemark/catalog.h"

namespace tidemark {

/// How keys that serve as names are converted.
enum class Casing : std::uint8_t { none, camel_case, snake_case };

/// `dbCredentials`, as written. Which of them a driver needs is checked when a
/// database is opened, not here: `generate` must work without any.
struct Credentials {
  std::string url, auth_token;
  std::string host, port, user, password, database;
  std::string ssl;  // "", "true", "false", "require", "allow", "prefer", "verify-full" or "object"
};

struct Config {
  Engine engine = Engine::postgresql;
  std::vector<std::string> schema;  // files, folders and globs, relative to the working folder
  std::filesystem::path out = "drizzle";
  bool breakpoints = true;
  bool verbose = false;
  bool strict = false;
  std::string driver;
  bool libsql = false;  // an old driver that is there for libSQL
  Credentials credentials;
  std::vector<std::string> tables_filter;
  std::vector<std::string> schema_filter = {"public"};
  std::vector<std::string> extensions_filters;
  Casing casing = Casing::none;
  std::string migrations_table = "__drizzle_migrations";
  std::string migrations_schema = "drizzle";
  Prefix prefix = Prefix::index;
  std::optional<std::uint64_t> keep_rows = {};  // `migrations.keepRows`; ours alone
  bool refuses_late = false;                    // `migrations.late: 'refuse'`; ours alone
  bool refuses_edited = false;                  // `migrations.edited: 'refuse'`; ours alone
  std::string introspect_casing = "camel";
  json::value roles = false;  // `entities.roles`, as written
  bool sql = true;
  std::string seed;  // ours alone: the script, file or folder that `seed` uses

  std::filesystem::path file;                // empty when flags alone were given
  std::map<std::string, std::string> given;  // "dbCredentials.url" -> "--url", "drizzle.config.ts"
  std::vector<std::string> warnings;         // unknown keys, old keys that were understood

  /// Who gave a setting; "default" when nobody did.
  std::string from(const std::string& key) const;
};

/// One setting from the command line, named by the key it stands for.
struct FlagSetting {
  std::string flag;  // "--url", for messages
  std::string key;   // "dbCredentials.url"
  json::value value;
};

struct ConfigRequest {
  std::filesystem::path cwd;
  std::optional<std::filesystem::path> file = {};  // --config
  std::vector<FlagSetting> flags = {};
  std::string dialect_if_missing = {};  // what an old spelling says (`generate:pg`)
};

/// Turns a configuration file that is a script into the value it exports.
using ConfigScript = std::function<json::value(const std::filesystem::path&)>;

/// Finds, reads, merges and checks. Throws Error(Fault::usage) that names every
/// mistake at once.
Config load_config(const ConfigRequest& request, const ConfigScript& script);

/// The file that would be read; empty when there is none and none was named.
std::filesystem::path find_config(const ConfigRequest& request);

}  // namespace tidemark
