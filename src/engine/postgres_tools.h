// PostgreSQL's own programs: pg_dump, pg_restore and psql, new enough for a server.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "connect/database_url.h"

namespace tidemark {

struct PostgresTools {
  std::filesystem::path folder;  // of all three
  int version = 0;               // major

  std::filesystem::path program(const char* name) const { return folder / name; }
};

/// The ones of $PATH, else those of where packages install them: the first whose major
/// version is at least the server's, as pg_dump demands. Throws Error(Fault::failed)
/// that names what was found.
PostgresTools find_postgres_tools(int server_version);

/// A connection as libpq's environment variables, so that no password is an argument.
std::vector<std::pair<std::string, std::string>> libpq_environment(const DatabaseUrl& url);

}  // namespace tidemark
