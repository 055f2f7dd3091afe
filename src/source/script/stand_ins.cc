#include "source/script/stand_ins.h"

#include <algorithm>
#include <array>

#include "embedded/js.h"

namespace tidemark::script {
namespace {

bool exists(const std::string& path) { return !embedded::js(path).empty(); }

std::string find(const std::string& path) {
  for (const char* ending : {".js", "/index.js"})
    if (std::string whole = path + ending; exists(whole)) return whole;
  return "";
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> bundled = {{
    {"dotenv", "packages/dotenv.js"},
    {"dotenv/config", "packages/dotenv.js"},
    {"dotenv-expand", "packages/dotenv.js"},
    {"dotenv-flow", "packages/dotenv.js"},
    {"dotenv-flow/config", "packages/dotenv.js"},
    {"@next/env", "packages/dotenv.js"},
    {"@t3-oss/env-core", "packages/t3-env.js"},
    {"@t3-oss/env-nextjs", "packages/t3-env.js"},
    {"@t3-oss/env-nuxt", "packages/t3-env.js"},
}};

/// Drivers of databases, which scripts find on connections of ours.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> drivers = {{
    {"pg", "run/drivers/pg.js"},
    {"@neondatabase/serverless", "run/drivers/neon.js"},
    {"@vercel/postgres", "run/drivers/vercel.js"},
    {"postgres", "run/drivers/postgres.js"},
    {"better-sqlite3", "run/drivers/better-sqlite3.js"},
    {"libsql", "run/drivers/better-sqlite3.js"},
    {"@libsql/client", "run/drivers/libsql.js"},
    {"@libsql/client/node", "run/drivers/libsql.js"},
    {"@libsql/client/sqlite3", "run/drivers/libsql.js"},
    {"@libsql/client/http", "run/drivers/libsql.js"},
    {"@libsql/client/web", "run/drivers/libsql.js"},
    {"@libsql/client/ws", "run/drivers/libsql.js"},
}};

constexpr std::array<std::string_view, 40> parts_of_node = {"assert",
                                                            "async_hooks",
                                                            "buffer",
                                                            "child_process",
                                                            "cluster",
                                                            "console",
                                                            "constants",
                                                            "crypto",
                                                            "dgram",
                                                            "diagnostics_channel",
                                                            "dns",
                                                            "domain",
                                                            "events",
                                                            "fs",
                                                            "http",
                                                            "http2",
                                                            "https",
                                                            "inspector",
                                                            "module",
                                                            "net",
                                                            "os",
                                                            "path",
                                                            "perf_hooks",
                                                            "process",
                                                            "punycode",
                                                            "querystring",
                                                            "readline",
                                                            "repl",
                                                            "stream",
                                                            "string_decoder",
                                                            "sys",
                                                            "timers",
                                                            "tls",
                                                            "trace_events",
                                                            "tty",
                                                            "v8",
                                                            "vm",
                                                            "wasi",
                                                            "worker_threads",
                                                            "zlib"};

constexpr std::array<std::string_view, 30> decorations = {"zod",
                                                          "drizzle-zod",
                                                          "drizzle-valibot",
                                                          "drizzle-typebox",
                                                          "drizzle-arktype",
                                                          "nanoid",
                                                          "uuid",
                                                          "uuidv7",
                                                          "ulid",
                                                          "ulidx",
                                                          "ksuid",
                                                          "typeid-js",
                                                          "@paralleldrive/cuid2",
                                                          "cuid",
                                                          "bcrypt",
                                                          "bcryptjs",
                                                          "argon2",
                                                          "postgres",
                                                          "pg",
                                                          "mysql2",
                                                          "better-sqlite3",
                                                          "@libsql/client",
                                                          "ioredis",
                                                          "superjson",
                                                          "effect",
                                                          "valibot",
                                                          "@sinclair/typebox",
                                                          "arktype",
                                                          "@faker-js/faker",
                                                          "next"};

}  // namespace

std::string own_module(const std::string& specifier) {
  for (const auto& [name, path] : bundled)
    if (name == specifier && exists(std::string(path))) return std::string(path);
  bool node = specifier.starts_with("node:");
  std::string plain = node ? specifier.substr(5) : specifier;
  if (std::string built_in = find("node/" + plain); !built_in.empty()) return built_in;
  if (!plain.starts_with("drizzle-orm") && !plain.starts_with("drizzle-kit")) return "";
  if (plain.ends_with(".js")) plain.resize(plain.size() - 3);
  if (std::string own = find(plain); !own.empty()) return own;
  // Inner paths of a dialect, such as pg-core/columns/vector_extension/vector.
  for (const char* dialect : {"drizzle-orm/pg-core", "drizzle-orm/sqlite-core", "drizzle-orm/sql"})
    if (plain.starts_with(std::string(dialect) + "/")) return find(dialect);
  return "";
}

std::string program_module(const std::string& specifier) {
  std::string plain = specifier.starts_with("node:") ? specifier.substr(5) : specifier;
  for (const char* folder : {"run/node/", "node/"})
    if (std::string own = find(folder + plain); !own.empty()) return own;
  for (const auto& [name, path] : drivers)
    if (name == specifier) return std::string(path);
  bool dotenv = specifier.starts_with("dotenv") || specifier.starts_with("@next/env");
  return dotenv || specifier.starts_with("drizzle-kit") ? own_module(specifier) : "";
}

bool is_of_node(const std::string& specifier) {
  std::string first = specifier.substr(0, specifier.find('/'));
  return specifier.starts_with("node:") ||
         std::ranges::find(parts_of_node, first) != parts_of_node.end();
}

bool always_stood_in(const std::string& package) {
  return std::find(decorations.begin(), decorations.end(), package) != decorations.end() ||
         package.starts_with("drizzle-orm") || package.starts_with("drizzle-kit");
}

}  // namespace tidemark::script
