#include "source/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

struct Unreachable {
  std::string_view driver, where, instead;
};

constexpr std::array unreachable = std::to_array<Unreachable>({
    {"d1-http", "a Cloudflare D1 database is reached by Cloudflare's API alone",
     "`wrangler d1 migrations apply NAME` runs the files of {0} (\"migrations_dir\": \"{0}\" in "
     "wrangler.json); `--url .wrangler/state/v3/d1/…/….sqlite` names the local one"},
    {"expo", "the database is inside the app, on its users' devices",
     "the app applies {0}/migrations.js when it starts (`useMigrations` of "
     "drizzle-orm/expo-sqlite/migrator); `--url FILE` names a copy of the file"},
    {"durable-sqlite", "the database is inside a Durable Object",
     "the object applies {0}/migrations.js in its constructor (`migrate` of "
     "drizzle-orm/durable-sqlite/migrator)"},
    {"aws-data-api", "the RDS Data API is not spoken here",
     "`--url postgresql://…` names the cluster itself, where it can be reached"},
    {"pglite", "only PGlite can open the folder of a PGlite database",
     "the program that holds it applies {0} (`migrate` of drizzle-orm/pglite/migrator); "
     "`--url postgresql://…` names a PostgreSQL server"},
});

}  // namespace

void require_reachable(const Config& config) {
  if (config.from("dbCredentials.url").starts_with("--")) return;
  auto found = std::ranges::find(unreachable, config.driver, &Unreachable::driver);
  if (found == unreachable.end()) return;
  throw Error(Fault::usage, fmt::format("the driver is {}: {}", found->driver, found->where))
      .hint(fmt::format(fmt::runtime(found->instead),
                        config.out.lexically_normal().generic_string()));
}

}  // namespace tidemark
