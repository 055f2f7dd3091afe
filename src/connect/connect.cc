#include "connect/connect.h"

#include <fmt/format.h>

#include <filesystem>

#include "connect/libpq.h"
#include "connect/libsql/libsql.h"
#include "connect/sqlite.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using Access = DatabaseUrl::Access;

SqliteUse use_of(const DatabaseUrl& url, const ConnectOptions& options) {
  if (options.only_look) return SqliteUse::look;
  if (url.access == Access::read) return SqliteUse::read;
  bool create = options.create && url.access == Access::create;
  return create ? SqliteUse::create : SqliteUse::write;
}

}  // namespace

DatabaseUrl to_look_at(const DatabaseUrl& url) {
  bool may_be_missing = url.driver == DatabaseUrl::Driver::sqlite3 && url.access == Access::create;
  bool missing = may_be_missing && !std::filesystem::exists(url.path);
  return missing ? parse_database_url(":memory:") : url;
}

void require_writable(const DatabaseUrl& url) {
  if (url.access != Access::read) return;
  throw Error(Fault::usage, fmt::format("{} opens the database to read only", url.shown))
      .hint("leave `mode=ro` out of the URL to change what is in the file");
}

std::unique_ptr<Connection> connect(const DatabaseUrl& url, const ConnectOptions& options) {
  switch (url.driver) {
    case DatabaseUrl::Driver::libpq:
      return open_libpq(url);
    case DatabaseUrl::Driver::sqlite3:
      return open_sqlite(url, use_of(url, options), options.patient);
    case DatabaseUrl::Driver::libsql_http:
      return open_libsql(url);
  }
  throw Error(Fault::bug, "a driver without a connection");
}

}  // namespace tidemark
