#include "source/source.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "connect/connect.h"
#include "folder/folder.h"
#include "source/live/scope.h"
#include "source/live/settle.h"
#include "source/schema_files.h"

namespace tidemark {
namespace {

Engine engine_of_snapshot(const std::filesystem::path& file) {
  SnapshotHeader header = read_header(read_file(file));
  if (header.dialect == "postgresql" || header.dialect == "pg") return Engine::postgresql;
  if (header.dialect == "sqlite") return Engine::sqlite;
  throw Error(Fault::usage,
              header.dialect.empty()
                  ? fmt::format("{} is no snapshot: it names no dialect", file.string())
                  : fmt::format("{} is of dialect \"{}\", which is not supported yet",
                                file.string(), header.dialect));
}

Catalog catalog_of_folder(Project& project, Engine engine, const std::string& tag) {
  Folder folder = open_folder(project.out(), engine);
  if (folder.layout == Layout::v1) throw snapshots_not_read(folder);
  if (tag.empty()) return load_newest(folder).catalog;
  std::vector<std::string> tags;
  for (const JournalEntry& entry : folder.journal.entries()) {
    tags.push_back(entry.tag);
    if (entry.tag != tag) continue;
    if (const SnapshotFile* file = snapshot_of(folder, entry))
      return load_snapshot(folder, *file).catalog;
    throw Error(Fault::failed, fmt::format("the migration {} has no snapshot", tag));
  }
  std::string meant = did_you_mean(tag, tags);
  throw Error(Fault::usage, fmt::format("the folder has no migration {}", tag))
      .hint(meant.empty() ? "`tidemark status` lists them."
                          : fmt::format("Did you mean {}?", meant));
}

Casing casing_of(Project& project) {
  return project.is_configured() ? project.config().casing : Casing::none;
}

SourceContent content_of_database(Project& project, const Source& source, Engine engine) {
  DatabaseUrl url = source.url.empty() ? project.database().url : parse_database_url(source.url);
  project.add_token(url);
  SourceContent content;
  if (project.is_configured()) content.scope = live_scope(project.config());
  content.database = connect(to_look_at(url));
  content.document.catalog = read_live(*content.database, content.scope).catalog;
  content.document.catalog.engine = engine;
  return content;
}

}  // namespace

Source parse_source(const std::string& text, const std::filesystem::path& cwd) {
  using Kind = Source::Kind;
  if (text == "schema") return {.kind = Kind::schema};
  if (text == "folder") return {.kind = Kind::folder};
  if (text == "empty") return {.kind = Kind::empty};
  if (text.starts_with("folder@")) return {.kind = Kind::folder, .tag = text.substr(7)};
  if (text == "db") return {.kind = Kind::database};
  if (text.find("://") != std::string::npos || text.starts_with("file:"))
    return {.kind = Kind::database, .url = text};
  std::filesystem::path file = (cwd / text).lexically_normal();
  if (!std::filesystem::exists(file)) {
    std::vector<std::string> words = {"schema", "folder", "db", "empty"};
    std::string meant = did_you_mean(text, words);
    throw Error(Fault::usage, fmt::format("\"{}\" is no source, and there is no such file", text))
        .hint(meant.empty()
                  ? "Sources are schema, folder, folder@TAG, db, empty, a database URL, or the "
                    "path of a snapshot or schema file."
                  : fmt::format("Did you mean `{}`?", meant));
  }
  if (file.extension() == ".json") return {.kind = Kind::snapshot_file, .file = file};
  if (is_script(file)) return {.kind = Kind::schema_file, .file = file};
  throw Error(Fault::usage, fmt::format("{} is neither a snapshot (.json) nor a schema file", text))
      .hint(
          "Sources are schema, folder, folder@TAG, db, empty, a database URL, a snapshot file, a "
          "schema file.");
}

Engine engine_of(Project& project, std::initializer_list<const Source*> sources) {
  if (project.names_dialect()) return project.config().engine;
  for (const Source* source : sources)
    if (source->needs_configuration()) return project.config().engine;
  for (const Source* source : sources) {
    if (source->kind == Source::Kind::snapshot_file) return engine_of_snapshot(source->file);
    if (source->kind == Source::Kind::database) return parse_database_url(source->url).engine();
  }
  return project.config().engine;
}

SourceContent read_source(Project& project, const Source& source, Engine engine) {
  switch (source.kind) {
    case Source::Kind::schema:
      return {project.evaluate_schema(/*with_places=*/true).get().read(engine)};
    case Source::Kind::schema_file:
      return {project.evaluate({&source.file, 1}, engine, casing_of(project), /*with_places=*/true)
                  .get()
                  .read(engine)};
    case Source::Kind::folder:
      return {{.catalog = catalog_of_folder(project, engine, source.tag)}};
    case Source::Kind::snapshot_file:
      return {{.catalog =
                   parse_snapshot(read_file(source.file), engine, source.file.string()).catalog}};
    case Source::Kind::database:
      return content_of_database(project, source, engine);
    case Source::Kind::empty:
      break;
  }
  return {{.catalog = {.engine = engine}}};
}

void settle_sources(SourceContent& a, SourceContent& b) {
  if (!a.database && b.database) return settle_sources(b, a);
  if (!a.database) return;
  Catalog& other = b.document.catalog;
  // SQLite's keys have names only in schemas, and are told apart by them.
  if (b.database && other.engine != Engine::postgresql) other = in_plain_words(std::move(other));
  other = in_scope(std::move(other), a.scope);
  Engine engine = other.engine;
  a.document.catalog = settle(std::move(a.document.catalog), other, a.scope, *a.database).live;
  a.document.catalog.engine = engine;
}

}  // namespace tidemark
