#include "engine/folder_proof.h"

#include <fmt/format.h>

#include <functional>

#include "apply/catalog_image.h"
#include "apply/history_table.h"
#include "apply/splitter.h"
#include "base/errors.h"
#include "connect/connect.h"
#include "engine/database.h"

namespace tidemark {
namespace {

using Migrations = std::span<const MigrationFile>;

/// Runs all of them. `at` is the statement that is running.
void run_all(Migrations migrations, Engine engine, Connection& database, std::string& at) {
  for (const MigrationFile& migration : migrations)
    for (const MigrationStatement& it :
         split_migration(migration.sql, migration.path.string(), engine)) {
      if (it.handling == Handling::begins || it.handling == Handling::commits) continue;
      at = migration.tag + ": " + it.sql;
      database.execute(it.sql);
    }
}

Error does_not_run(const DatabaseError& error, const std::string& statement) {
  return Error(Fault::failed, "the new folder does not run: " + error.message)
      .running(statement)
      .hint("nothing was written");
}

void compare(const CatalogImage& was, const CatalogImage& is) {
  std::vector<Error> problems;
  for (const auto& [object, change] : changes_between(was, is)) {
    std::string_view how = !change.before  ? "only the new folder makes it"
                           : !change.after ? "only the old folder makes it"
                                           : "the two folders make it differently";
    problems.push_back(Error(Fault::failed, fmt::format("{}: {}", object, how)));
  }
  if (problems.empty()) return;
  problems.back() =
      std::move(problems.back()).hint("nothing was written; squash a part that these are not in");
  throw_all(std::move(problems));
}

FolderProof prove_on_sqlite(Migrations was, Migrations is, Engine engine) {
  auto image_of = [&](Migrations migrations, std::string& at) {
    auto database = connect(parse_database_url(":memory:"));
    run_all(migrations, engine, *database, at);
    return read_image(*database, {{}, default_history().name});
  };
  std::string at;
  CatalogImage before;
  try {
    before = image_of(was, at);
  } catch (const DatabaseError&) {
    return FolderProof::not_possible;
  }
  try {
    compare(before, image_of(is, at));
  } catch (const DatabaseError& error) {
    throw does_not_run(error, at);
  }
  return FolderProof::given;
}

void require_empty(const CatalogImage& image, const DatabaseUrl& url) {
  for (const auto& [object, text] : image)
    if (object.starts_with("table "))
      throw Error(Fault::usage, fmt::format("{} is not empty: it has {}", url.shown, object))
          .hint("name a database that was made for this");
}

FolderProof prove_on_postgres(Migrations was, Migrations is, const std::string& scratch) {
  DatabaseUrl url = parse_database_url(scratch);
  auto database = connect(url);
  require_empty(read_image(*database, default_history()), url);
  std::string at;
  auto image_of = [&](Migrations migrations) {
    database->execute("BEGIN");
    try {
      run_all(migrations, Engine::postgresql, *database, at);
    } catch (const DatabaseError&) {
      database->roll_back();
      throw;
    }
    CatalogImage image = read_image(*database, default_history());
    database->execute("ROLLBACK");
    return image;
  };
  CatalogImage before;
  try {
    before = image_of(was);
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw_refusal(error);
    return FolderProof::not_possible;
  }
  try {
    compare(before, image_of(is));
  } catch (const DatabaseError& error) {
    throw does_not_run(error, at);
  }
  return FolderProof::given;
}

}  // namespace

FolderProof prove_folders(Migrations was, Migrations is, Engine engine,
                          const std::string& scratch) {
  if (engine != Engine::postgresql) return prove_on_sqlite(was, is, engine);
  if (scratch.empty()) return FolderProof::not_asked;
  return on_database([&] { return prove_on_postgres(was, is, scratch); });
}

}  // namespace tidemark
