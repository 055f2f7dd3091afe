#include "source/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/errors.h"
#include "base/text.h"
#include "source/driver.h"
#include "source/schema_files.h"

namespace tidemark {
namespace {

/// What the token of a libSQL server goes by; the first that is set counts.
constexpr std::array token_variables{"TURSO_AUTH_TOKEN", "LIBSQL_AUTH_TOKEN",
                                     "DATABASE_AUTH_TOKEN"};

/// Mistakes are told all together.
DocumentText finished(script::Host& host, Engine engine) {
  DocumentText document(host.finish_schema());
  if (document.has_errors()) throw_all(document.read(engine).errors);
  return document;
}

/// The URL comes through packages that did not run.
Error url_from_packages(const std::string& file, const script::Host& host) {
  const std::string& failure = host.packages_failure();
  std::string why = failure.empty() ? "is not installed" : "does not give it: " + failure;
  return Error(Fault::usage, fmt::format("{} takes dbCredentials.url from {}, which {}", file,
                                         join(host.missing_packages(), ", "), why))
      .hint(failure.empty()
                ? "Install the project's packages, write `process.env.…` there, or give --url."
                : "Set the variable that it reads (in .env, or --env-file FILE), or give --url.");
}

script::HostOptions host_options(const std::filesystem::path& cwd, const Environment& environment) {
  script::HostOptions options{.cwd = cwd, .cache = script::cache_folder()};
  for (const auto& [name, variable] : environment.variables)
    options.environment.emplace(name, variable.value);
  return options;
}

}  // namespace

const Environment& Project::environment() {
  if (!environment_) environment_ = read_environment(request_.cwd, request_.env_files);
  return *environment_;
}

const Config& Project::config() {
  if (!config_) load(/*with_credentials=*/false);
  return *config_;
}

void Project::load(bool with_credentials) {
  if (!request_.env_files.empty()) environment();  // a missing file is told, needed or not
  ConfigRequest request{.cwd = cwd(),
                        .file = request_.config_file,
                        .flags = request_.flags,
                        .dialect_if_missing = request_.dialect_if_missing};
  bool first = !config_;
  config_ = load_config(request, [&](const std::filesystem::path& file) {
    return with_credentials ? host().load_config(file)
                            : host().load_config_without_credentials(file);
  });
  has_credentials_ = with_credentials;
  if (first) warnings_.insert(warnings_.end(), config_->warnings.begin(), config_->warnings.end());
}

bool Project::is_configured() {
  return config_ || request_.config_file || names_dialect() || !find_config({.cwd = cwd()}).empty();
}

bool Project::names_dialect() const {
  return std::ranges::any_of(request_.flags,
                             [](const FlagSetting& flag) { return flag.key == "dialect"; });
}

Bundle Project::bundle() {
  if (config().driver == "expo") return Bundle::expo;
  return config().driver == "durable-sqlite" ? Bundle::durable_sqlite : Bundle::none;
}

std::string Project::shown(const std::filesystem::path& path) const {
  std::string relative = path.lexically_relative(cwd()).generic_string();
  return relative.empty() || relative.starts_with("..") ? path.generic_string() : relative;
}

Engine Project::spoken() {
  if (config().engine != Engine::sqlite) return config().engine;
  if (!has_credentials_) load(/*with_credentials=*/true);
  const Credentials& given = config().credentials;
  bool server =
      given.url.empty() ? config().libsql || !given.auth_token.empty() : is_libsql_url(given.url);
  return server ? Engine::turso : Engine::sqlite;
}

std::string Project::add_token(DatabaseUrl& url) {
  if (url.driver != DatabaseUrl::Driver::libsql_http || has_token(url)) return {};
  for (const char* name : token_variables) {
    const std::string* token = environment().find(name);
    if (!token || trim(*token).empty()) continue;
    url = with_token(std::move(url), *token);
    const std::string& file = environment().variables.at(name).from;
    return file.empty() ? fmt::format("{} in the environment", name)
                        : fmt::format("{} in {}", name, file);
  }
  return {};
}

DatabaseSource Project::database() {
  if (!has_credentials_) load(/*with_credentials=*/true);
  require_reachable(config());
  const Credentials& given = config().credentials;
  if (!given.url.empty()) {
    std::string by = config().from("dbCredentials.url");
    std::string variable = by.starts_with("--") ? "" : environment().source_of(given.url);
    DatabaseSource source{with_token(parse_database_url(given.url), given.auth_token),
                          variable.empty() ? by : fmt::format("{}, by {}", variable, by)};
    if (std::string token = add_token(source.url); !token.empty())
      source.from += fmt::format("; token: {}", token);
    return source;
  }
  if (config().engine == Engine::postgresql && !given.database.empty()) {
    PostgresFields fields{.host = given.host,
                          .port = given.port,
                          .user = given.user,
                          .password = given.password,
                          .database = given.database,
                          .ssl = given.ssl};
    return {postgres_database(fields), config().from("dbCredentials.database")};
  }
  std::string file = config().file.empty() ? "the configuration" : shown(config().file);
  if (host_ && !host_->missing_packages().empty()) throw url_from_packages(file, *host_);
  throw Error(Fault::usage,
              fmt::format("{} names no database: dbCredentials.url is {}", file,
                          config().given.contains("dbCredentials.url") ? "empty" : "missing"))
      .hint("Set the variable that it reads (in .env, or --env-file FILE), or give --url.");
}

const std::vector<std::filesystem::path>& Project::schema_files() {
  if (schema_files_.empty()) schema_files_ = find_schema_files();
  return schema_files_;
}

std::future<DocumentText> Project::evaluate_schema(bool with_places) {
  return evaluate(schema_files(), config().engine, config().casing, with_places);
}

std::vector<std::filesystem::path> Project::find_schema_files() {
  if (config().schema.empty())
    throw Error(Fault::usage, "the configuration names no schema files")
        .hint("Add `schema: './src/db/schema.ts'` to it, or give --schema.");
  SchemaFiles found = tidemark::schema_files(cwd(), config().schema);
  for (const std::string& entry : found.unmatched)
    warnings_.push_back(fmt::format("no schema files found for {}", entry));
  return std::move(found.files);
}

std::future<DocumentText> Project::evaluate(std::span<const std::filesystem::path> files,
                                            Engine engine, Casing casing, bool with_places) {
  script::Host& interpreter = host();
  interpreter.start_schema(files, engine, casing, with_places);
  return std::async(std::launch::deferred,
                    [&interpreter, engine] { return finished(interpreter, engine); });
}

std::vector<std::string> Project::take_warnings() { return std::exchange(warnings_, {}); }

script::Host& Project::host() {
  if (!host_) host_ = std::make_unique<script::Host>(host_options(cwd(), environment()));
  return *host_;
}

}  // namespace tidemark
