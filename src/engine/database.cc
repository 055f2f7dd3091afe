#include "engine/database.h"

#include <fmt/format.h>

#include <cstdlib>

#include "apply/failure.h"
#include "apply/lock.h"
#include "base/interruption.h"
#include "connect/connect.h"
#include "source/live/scope.h"

namespace tidemark {
namespace {

std::unique_ptr<Connection> open(const DatabaseUrl& url, Purpose purpose) {
  if (purpose == Purpose::look) return connect(to_look_at(url), {.patient = true});
  require_writable(url);
  return connect(url, {.create = purpose == Purpose::write});
}

}  // namespace

Path history_of(const Config& config) {
  if (config.engine == Engine::postgresql)
    return {Name(config.migrations_schema), Name(config.migrations_table)};
  return {{}, Name(config.migrations_table)};
}

void require_same_engine(const Config& config, const DatabaseSource& source) {
  bool wants_postgres = config.engine == Engine::postgresql;
  bool is_postgres = source.url.engine() == Engine::postgresql;
  if (wants_postgres == is_postgres) return;
  throw Error(Fault::usage, fmt::format("the dialect is {}, but {} (from {}) is a {} database",
                                        wants_postgres ? "postgresql" : "sqlite", source.url.shown,
                                        source.from, is_postgres ? "PostgreSQL" : "SQLite"))
      .hint("Correct `dialect` or the URL.");
}

Target open_target(Project& project, Purpose purpose) {
  Target target{.source = project.database(), .history = history_of(project.config())};
  require_same_engine(project.config(), target.source);
  Folder folder = open_folder(project.out(), project.config().engine);
  if (purpose != Purpose::look && folder.layout == Layout::none)
    throw Error(Fault::usage, fmt::format("there are no migrations in {}", folder.out.string()))
        .hint("Run `tidemark generate`, or correct `out` in the configuration.");
  target.migrations = read_migrations(folder);
  target.connection = open(target.source.url, purpose);
  return target;
}

LiveTarget open_live(Project& project, Purpose purpose) {
  LiveTarget target{.source = project.database(), .scope = live_scope(project.config())};
  require_same_engine(project.config(), target.source);
  target.connection = open(target.source.url, purpose);
  return target;
}

Catalog read_patiently(const LiveTarget& target) {
  for (Deadline deadline(std::chrono::seconds(10));;) {
    try {
      return read_live(*target.connection, target.scope).catalog;
    } catch (const DatabaseError& error) {
      if (!error.code.starts_with("SQLITE_BUSY") || deadline.over() || interrupted()) throw;
    }
  }
}

void commit(Connection& database) {
  try {
    database.execute("COMMIT");
  } catch (const DatabaseError& error) {
    if (!error.connection_lost) throw;
    throw Error(Fault::failed, fmt::format("whether anything was changed is not known: at the "
                                           "commit, {}",
                                           error.message))
        .hint("Look at the database before you run it again.");
  }
}

bool is_remote(const DatabaseUrl& url) {
  const char* service = std::getenv("PGSERVICE");
  bool named = url.driver == DatabaseUrl::Driver::libpq && service && *service;
  return named || !remote_host(url).empty();
}

void throw_refusal(const DatabaseError& error) {
  if (interrupted() && !error.connection_lost)
    throw Error(Fault::interrupted, "interrupted: what was running was rolled back");
  throw look_failed("the database refused", error,
                    error.connection_lost
                        ? "Check the server, then run it again; nothing was changed."
                        : "Check what this user may do in the database.");
}

}  // namespace tidemark
