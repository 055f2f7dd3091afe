#include "connect/connect.h"

#include <filesystem>

#include "connect/libpq.h"
#include "connect/libsql/libsql.h"
#include "connect/sqlite.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

SqliteUse use_of(const ConnectOptions& options) {
  if (options.only_look) return SqliteUse::look;
  return options.create ? SqliteUse::create : SqliteUse::write;
}

}  // namespace

DatabaseUrl to_look_at(const DatabaseUrl& url) {
  bool missing = url.driver == DatabaseUrl::Driver::sqlite3 && !std::filesystem::exists(url.path);
  return missing ? parse_database_url(":memory:") : url;
}

std::unique_ptr<Connection> connect(const DatabaseUrl& url, const ConnectOptions& options) {
  switch (url.driver) {
    case DatabaseUrl::Driver::libpq:
      return open_libpq(url);
    case DatabaseUrl::Driver::sqlite3:
      return open_sqlite(url, use_of(options));
    case DatabaseUrl::Driver::libsql_http:
      return open_libsql(url);
  }
  throw Error(Fault::bug, "a driver without a connection");
}

}  // namespace tidemark
