#include "tidemark/migrator.h"

#include <fmt/format.h>

#include <memory>

#include "apply/migrate.h"
#include "apply/status.h"
#include "connect/connect.h"
#include "folder/folder.h"

namespace tidemark {
namespace {

struct Opened {
  std::vector<MigrationFile> files;
  Path history;
  std::unique_ptr<Connection> database;
};

Path history_of(const MigratorSettings& settings, Engine engine) {
  Name table(settings.history_table);
  return engine == Engine::postgresql ? Path{Name(settings.history_schema), table}
                                      : Path{{}, table};
}

/// The folder first: a broken one is told without connecting.
Opened open(const MigratorSettings& settings, DatabaseUrl url) {
  Folder folder = open_folder(settings.folder, url.engine());
  if (folder.layout == Layout::none)
    throw Error(Fault::usage, fmt::format("there are no migrations in {}", folder.out.string()))
        .hint("`tidemark generate` writes them; is the program started in another folder?");
  return {.files = read_migrations(folder),
          .history = history_of(settings, url.engine()),
          .database = connect(url)};
}

DatabaseUrl url_of(const MigratorSettings& settings) {
  if (settings.url.empty()) throw Error(Fault::usage, "the URL of the database is empty");
  return with_token(parse_database_url(settings.url), settings.auth_token);
}

}  // namespace

std::vector<std::string> pending_migrations(const MigratorSettings& settings) {
  Opened opened = open(settings, to_look_at(url_of(settings)));
  std::vector<std::string> tags;
  for (const MigrationStatus& one :
       read_status(*opened.database, opened.files, opened.history).migrations)
    if (one.to_apply()) tags.push_back(one.migration.tag);
  return tags;
}

std::vector<AppliedMigration> apply_migrations(const MigratorSettings& settings) {
  Opened opened = open(settings, url_of(settings));
  std::vector<AppliedMigration> applied;
  MigrateOptions options{.history = opened.history,
                         .wait = settings.wait,
                         .lock_timeout = settings.lock_timeout,
                         .version = TIDEMARK_VERSION};
  migrate(*opened.database, opened.files, options, [&](const Event& event) {
    if (const auto* done = std::get_if<MigrationDone>(&event))
      applied.push_back({done->tag, done->statements, done->took});
  });
  return applied;
}

}  // namespace tidemark
