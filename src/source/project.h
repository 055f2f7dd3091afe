// Everything a command knows of the project it runs in: configuration, variables,
// schema files, database. Read when first asked for, so that a command pays only
// for what it uses.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connect/database_url.h"
#include "folder/document.h"
#include "folder/new_migration.h"
#include "source/config.h"
#include "source/environment.h"
#include "source/script/host.h"

namespace tidemark {

struct ProjectRequest {
  std::filesystem::path cwd = std::filesystem::current_path();
  std::vector<std::filesystem::path> env_files = {};
  std::optional<std::filesystem::path> config_file = {};
  std::vector<FlagSetting> flags = {};
  std::string dialect_if_missing = {};  // what an old spelling says (`generate:pg`)
};

/// Where a database URL was found: "DATABASE_URL in .env, by drizzle.config.ts".
struct DatabaseSource {
  DatabaseUrl url;
  std::string from;
};

class Project {
 public:
  explicit Project(ProjectRequest request) : request_(std::move(request)) {}

  const std::filesystem::path& cwd() const { return request_.cwd; }
  const Environment& environment();
  /// Its credentials may be missing: `database` has them.
  const Config& config();
  /// Whether there is a configuration at all: a file, or a flag that names a dialect.
  bool is_configured();
  /// Whether the command line names the dialect, so that no file need say it.
  bool names_dialect() const;
  /// The migrations folder, absolute.
  std::filesystem::path out() { return (cwd() / config().out).lexically_normal(); }
  /// The module of all migrations that the driver needs beside the files.
  Bundle bundle();
  /// Relative to the working folder where it lies inside, for messages.
  std::string shown(const std::filesystem::path& path) const;

  /// The SQL that the configured database speaks: who says `sqlite` may mean a libSQL server.
  Engine spoken();

  /// The database of the configuration. Throws Error(Fault::usage) when it names none, or
  /// one that nothing from here reaches.
  DatabaseSource database();

  /// A libSQL server that is named without a token gets that of the environment. Returns the
  /// variable that holds it, or nothing.
  std::string add_token(DatabaseUrl& url);

  /// Of the configuration, in the order in which they are read.
  const std::vector<std::filesystem::path>& schema_files();

  /// Starts evaluating the configured schema files, or those given, in a child
  /// process. `get()` waits, and throws when the files have mistakes. One at a time.
  /// Objects know where they were written only `with_places`, which takes longer.
  std::future<DocumentText> evaluate_schema(bool with_places);
  std::future<DocumentText> evaluate(std::span<const std::filesystem::path> files, Engine engine,
                                     Casing casing, bool with_places);

  /// What was noticed on the way, for the user's eyes: unknown keys, schema entries
  /// that match nothing. Emptied by the call.
  std::vector<std::string> take_warnings();
  void warn(std::string text) { warnings_.push_back(std::move(text)); }

 private:
  void load(bool with_credentials);
  std::vector<std::filesystem::path> find_schema_files();
  script::Host& host();

  ProjectRequest request_;
  std::optional<Environment> environment_;
  std::optional<Config> config_;
  bool has_credentials_ = false;
  std::vector<std::filesystem::path> schema_files_;  // as found the first time
  std::unique_ptr<script::Host> host_;
  std::vector<std::string> warnings_;
};

}  // namespace tidemark
