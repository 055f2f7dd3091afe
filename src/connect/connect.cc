#include "connect/connect.h"

#include <filesystem>

#include "connect/libpq.h"
#include "connect/sqlite.h"
#include "tidemark/error.h"

namespace tidemark {

DatabaseUrl to_look_at(const DatabaseUrl& url) {
  bool missing = url.driver == DatabaseUrl::Driver::sqlite3 && !std::filesystem::exists(url.path);
  return missing ? parse_database_url(":memory:") : url;
}

std::unique_ptr<Connection> connect(const DatabaseUrl& url, const ConnectOptions& options) {
  switch (url.driver) {
    case DatabaseUrl::Driver::libpq:
      return open_libpq(url);
    case DatabaseUrl::Driver::sqlite3:
      return open_sqlite(url, options.create);
    case DatabaseUrl::Driver::libsql_http:
      break;
  }
  throw Error(Fault::usage,
              "cannot reach " + url.shown + ": Turso over HTTP comes with a later version")
      .hint(
          "use a local file for now, such as `file:local.db`, or run the SQL files of the "
          "migrations folder with `turso db shell`");
}

}  // namespace tidemark
