// Where a database is: what `dbCredentials` and `DATABASE_URL` hold, in any of
// the spellings that the peer's drivers accept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// One database. Made by `parse_database_url` or `postgres_database`.
struct DatabaseUrl {
  enum class Driver : std::uint8_t { libpq, sqlite3, libsql_http };

  /// What `mode` lets one do with a file.
  enum class Access : std::uint8_t { create, write, read };

  Driver driver = Driver::sqlite3;
  std::string path = {};  // SQLite: the file, or ":memory:"
  Access access = Access::create;
  /// libpq's keywords; or libSQL's `base` (http or https, no slash at the end) and `token`.
  std::vector<std::pair<std::string, std::string>> settings = {};
  std::string shown = {};  // the URL without its secrets, for messages

  /// The SQL spoken there. A file says sqlite, also when libSQL wrote it.
  Engine engine() const;
};

/// `postgres://…`, `postgresql://…`, `file:…`, `sqlite:…`, `:memory:`, a plain path, or
/// libSQL's `libsql://`, `http(s)://`, `ws(s)://`.
/// Throws Error(Fault::usage) when it can be none of these, or is half of one.
DatabaseUrl parse_database_url(std::string_view text);

/// Whether it names a libSQL server.
bool is_libsql_url(std::string_view text);

/// The URL with a token that stands beside it; one in the URL itself comes first.
DatabaseUrl with_token(DatabaseUrl url, const std::string& token);
bool has_token(const DatabaseUrl& url);

/// The fields of `dbCredentials` for PostgreSQL. Empty ones are left to libpq.
struct PostgresFields {
  std::string host, port, user, password, database;
  std::string ssl = {};  // "require", "verify-full", "true", "no-verify" …
};
DatabaseUrl postgres_database(const PostgresFields& fields);

/// Gives one of libpq's keywords a value; a value that is there stays unless it is to be
/// `replaced`.
void set_keyword(DatabaseUrl& url, const std::string& key, const std::string& value, bool replaced);

/// The same text for two that name one database as one user, however they are written.
std::string identity_of(const DatabaseUrl& url);

/// The host of a database that is not on this machine; empty for one that is. What a URL
/// leaves to libpq is looked for where libpq looks: PGHOST, PGHOSTADDR.
std::string remote_host(const DatabaseUrl& url);

/// The text with every secret of a URL in it replaced by `****`.
std::string mask_secrets(std::string_view text);

}  // namespace tidemark
