#include "engine/database.h"

#include <fmt/format.h>

#include "connect/connect.h"

namespace tidemark {
namespace {

std::vector<Migration> migrations_of(Project& project) {
  Folder folder = open_folder(project.out(), project.config().engine);
  std::vector<Migration> migrations;
  for (MigrationFile& file : read_migrations(folder))
    migrations.push_back({.tag = std::move(file.tag),
                          .when = file.when,
                          .path = project.shown(file.path),
                          .sql = std::move(file.sql)});
  return migrations;
}

Path history_of(const Config& config) {
  if (config.engine == Engine::postgresql)
    return {Name(config.migrations_schema), Name(config.migrations_table)};
  return {{}, Name(config.migrations_table)};
}

/// A PostgreSQL project pointed at a SQLite file is a slip, not a wish.
void require_same_engine(const Config& config, const DatabaseSource& source) {
  bool wants_postgres = config.engine == Engine::postgresql;
  bool is_postgres = source.url.engine() == Engine::postgresql;
  if (wants_postgres == is_postgres) return;
  throw Error(Fault::usage, fmt::format("the dialect is {}, but {} (from {}) is a {} database",
                                        wants_postgres ? "postgresql" : "sqlite", source.url.shown,
                                        source.from, is_postgres ? "PostgreSQL" : "SQLite"))
      .hint("Correct `dialect` or the URL.");
}

}  // namespace

Target open_target(Project& project, bool create) {
  Target target{.source = project.database(),
                .migrations = migrations_of(project),
                .history = history_of(project.config())};
  require_same_engine(project.config(), target.source);
  target.connection = connect(target.source.url, {.create = create});
  return target;
}

}  // namespace tidemark
