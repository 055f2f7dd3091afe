#include "engine/pull.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <span>

#include "apply/history_table.h"
#include "base/files.h"
#include "base/text.h"
#include "diff/diff.h"
#include "engine/database.h"
#include "folder/new_migration.h"
#include "plan/planner.h"
#include "schema_text/schema_text.h"
#include "source/live/scope.h"

namespace tidemark {
namespace {

constexpr std::string_view heading =
    "-- Current sql file was generated after introspecting the database\n"
    "-- If you want to run this migration please uncomment this code before executing migrations\n";

SchemaTextOptions text_options(const Config& config, const std::vector<Beyond>& beyond) {
  SchemaTextOptions options = schema_text_options(config);
  for (const Beyond& one : beyond)
    options.notes.push_back({one.table, one.object, one.what + ": " + one.text});
  return options;
}

/// What makes all of it.
std::string creation_of(const Catalog& catalog, bool breakpoints) {
  NoRenames none;
  Catalog nothing{.engine = catalog.engine};
  return migration_sql(make_plan(diff(nothing, catalog, none), catalog), breakpoints);
}

/// One comment without the markers, at which the file would be split. What would end it is left
/// as it is: then each line is a comment.
std::string commented(const Catalog& catalog) {
  std::string sql = creation_of(catalog, /*breakpoints=*/false);
  if (sql.find("*/") == std::string::npos) return std::string(heading) + "/*\n" + sql + "\n*/";
  return std::string(heading) + "-- " + replace_all(sql, "\n", "\n-- ");
}

/// What `generate` reads in the file that was written: a first snapshot that says it otherwise
/// (an expression with its order in it) would be a change. Where the file cannot be evaluated (a
/// very large one takes too long) it says what the database does, which is told.
Catalog as_written(Project& project, const std::filesystem::path& schema, const Catalog& live) {
  const Config& config = project.config();
  try {
    const std::span files(&schema, 1);
    Document document = project.evaluate(files, config.engine, config.casing, /*with_places=*/false)
                            .get()
                            .read(config.engine);
    if (document.errors.empty()) return std::move(document.catalog);
    project.warn("the pulled schema has mistakes: " + document.errors.front().message());
  } catch (const Error& error) {
    if (error.fault() != Fault::failed) throw;
    project.warn("the pulled schema could not be evaluated: " + error.message());
  }
  return live;
}

std::filesystem::path write_first(Project& project, const PullResult& pulled, LiveTarget& target,
                                  bool baseline) {
  Folder folder = open_folder(project.out(), project.config().engine);
  if (folder.layout != Layout::none) return {};
  const Catalog& catalog = pulled.catalog;
  Time time = now();
  bool breakpoints = project.config().breakpoints;
  WrittenMigration written = write_migration(
      folder, {.name = name_migration(folder, project.config().prefix, "", time),
               .sql = baseline ? creation_of(catalog, breakpoints) : commented(catalog),
               .catalog = as_written(project, pulled.schema, catalog),
               .when = time,
               .breakpoints = breakpoints,
               .bundle = project.bundle()});
  if (baseline) {
    HistoryTable history(target.connection->engine(), history_of(project.config()));
    history.create(*target.connection);
    const Command row = history.insert(read_migrations(folder).front());
    target.connection->run({&row, 1});
  }
  return written.sql;
}

/// A misspelt name is not an empty database.
void require_file(const DatabaseUrl& url) {
  if (url.driver != DatabaseUrl::Driver::sqlite3 || url.path == ":memory:" ||
      std::filesystem::exists(url.path))
    return;
  throw Error(Fault::failed, fmt::format("there is no database {}", url.shown))
      .hint("correct the URL; a relative path starts at the current folder");
}

PullResult read_and_write(Project& project, const PullOptions& options) {
  require_file(project.database().url);
  LiveTarget target = open_live(project, options.baseline ? Purpose::write : Purpose::look);
  LiveCatalog live = read_to_take_over(*target.connection, target.scope);
  live.catalog.engine = project.config().engine;
  live.catalog = in_plain_words(std::move(live.catalog));
  leave_to_others(live.catalog, {.engine = live.catalog.engine}, {.roles = target.scope.roles});
  SchemaTextOptions text = text_options(project.config(), live.beyond);

  PullResult result{.database = target.source,
                    .catalog = live.catalog,
                    .notes = live.beyond.size(),
                    .schema = project.out() / "schema.ts",
                    .relations = project.out() / "relations.ts"};
  write_file(result.schema, schema_ts(live.catalog, text));
  write_file(result.relations, relations_ts(live.catalog, text));
  result.migration = write_first(project, result, target, options.baseline);
  return result;
}

}  // namespace

PullResult pull(Project& project, const PullOptions& options) {
  return on_database([&] { return read_and_write(project, options); });
}

SchemaTextOptions schema_text_options(const Config& config) {
  using TextCasing = SchemaTextOptions::Casing;
  SchemaTextOptions options;
  options.casing =
      config.introspect_casing == "preserve" ? TextCasing::preserve : TextCasing::camel;
  options.name_every_column = config.casing != Casing::none;
  return options;
}

}  // namespace tidemark
