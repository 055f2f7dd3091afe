#include "engine/postgres_tools.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/process.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// Newest first.
std::vector<fs::path> installed_folders() {
  std::vector<fs::path> found;
  for (const char* root : {"/usr/lib/postgresql", "/usr/local/lib/postgresql"}) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(root, error))
      found.push_back(entry.path() / "bin");
  }
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/usr", error))
    if (entry.path().filename().string().starts_with("pgsql-"))
      found.push_back(entry.path() / "bin");
  std::ranges::sort(found, std::greater{});
  return found;
}

std::vector<fs::path> candidates() {
  std::vector<fs::path> out;
  const char* path = std::getenv("PATH");
  for (const std::string& folder : split(path ? path : "", ":"))
    if (!folder.empty()) out.emplace_back(folder);
  for (fs::path& folder : installed_folders()) out.push_back(std::move(folder));
  return out;
}

bool has_all(const fs::path& folder) {
  return std::ranges::all_of(std::array{"pg_dump", "pg_restore", "psql"}, [&](const char* name) {
    return ::access((folder / name).c_str(), X_OK) == 0;
  });
}

/// "pg_dump (PostgreSQL) 15.18 (Debian …)" → 15; 0 when it says something else.
int version_of(const fs::path& folder) {
  ProgramResult result = run_program({folder / "pg_dump", {"--version"}});
  std::size_t at = result.output.find(") ");
  return result.code == 0 && at != std::string::npos ? std::atoi(result.output.c_str() + at + 2)
                                                     : 0;
}

}  // namespace

PostgresTools find_postgres_tools(int server_version) {
  int best = 0;
  for (const fs::path& folder : candidates()) {
    if (!has_all(folder)) continue;
    int version = version_of(folder);
    if (version >= server_version) return {folder, version};
    best = std::max(best, version);
  }
  if (best == 0)
    throw Error(Fault::failed, "pg_dump, pg_restore and psql were not found")
        .hint(fmt::format("install PostgreSQL's client programs, version {} or newer (Debian: "
                          "`apt install postgresql-client`), or add their folder to PATH",
                          server_version));
  throw Error(Fault::failed, fmt::format("pg_dump is version {}, the server is version {}: an "
                                         "older pg_dump refuses a newer server",
                                         best, server_version))
      .hint(fmt::format("install PostgreSQL's client programs of version {} or newer, or add their "
                        "folder to PATH",
                        server_version));
}

std::vector<std::pair<std::string, std::string>> libpq_environment(const DatabaseUrl& url) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 21> names = {{
      {"host", "PGHOST"},
      {"hostaddr", "PGHOSTADDR"},
      {"port", "PGPORT"},
      {"dbname", "PGDATABASE"},
      {"user", "PGUSER"},
      {"password", "PGPASSWORD"},
      {"passfile", "PGPASSFILE"},
      {"channel_binding", "PGCHANNELBINDING"},
      {"connect_timeout", "PGCONNECT_TIMEOUT"},
      {"options", "PGOPTIONS"},
      {"application_name", "PGAPPNAME"},
      {"gssencmode", "PGGSSENCMODE"},
      {"sslmode", "PGSSLMODE"},
      {"sslcert", "PGSSLCERT"},
      {"sslkey", "PGSSLKEY"},
      {"sslrootcert", "PGSSLROOTCERT"},
      {"sslcrl", "PGSSLCRL"},
      {"sslsni", "PGSSLSNI"},
      {"krbsrvname", "PGKRBSRVNAME"},
      {"target_session_attrs", "PGTARGETSESSIONATTRS"},
      {"ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"},
  }};
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [key, value] : url.settings) {
    auto known = std::ranges::find(names, key, [](const auto& pair) { return pair.first; });
    if (known != names.end()) out.emplace_back(known->second, value);
  }
  return out;
}

}  // namespace tidemark
