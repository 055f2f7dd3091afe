#include "engine/migration_step.h"

#include <algorithm>
#include <array>

#include "apply/created_objects.h"
#include "apply/script.h"
#include "apply/sql_lexer.h"
#include "apply/statement_effect.h"

namespace tidemark {
namespace {

/// Schemas and tables of PostgreSQL are `public` where nothing is written.
Path full(Path path, Engine engine) {
  if (engine == Engine::postgresql && path.schema.empty()) path.schema = "public";
  return path;
}

/// Whether a snapshot would know what a statement does, by its first words.
bool is_known_to_snapshots(const MigrationStatement& statement, Engine engine) {
  static constexpr std::array objects = {"table", "index",  "unique",   "view",   "materialized",
                                         "type",  "schema", "sequence", "policy", "role"};
  if (is_ours(statement.handling)) return true;
  if (statement.sql.find("__new_") != std::string::npos) return true;            // a rebuild
  if (statement.sql.find("duplicate_object") != std::string::npos) return true;  // older Kits' keys
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  bool definition = tokens[0].is("create") || tokens[0].is("alter") || tokens[0].is("drop");
  return definition && tokens.size() > 1 &&
         std::ranges::any_of(objects, [&](const char* word) { return tokens[1].is(word); });
}

}  // namespace

const SnapshotFile* predecessor(const Folder& folder, const SnapshotFile& file) {
  auto found = std::ranges::find_if(folder.snapshots, [&](const SnapshotFile& other) {
    return other.header.ids.id == file.header.ids.previous;
  });
  return found == folder.snapshots.end() ? nullptr : &*found;
}

namespace {
/// What is renamed twice, as a circle of names takes it, is renamed once.
void add_rename(Renames& renames, RenameDecision it) {
  auto earlier = std::ranges::find_if(renames, [&](const RenameDecision& other) {
    return other.kind == it.kind && other.table == it.table && other.after == it.before;
  });
  if (earlier == renames.end()) return renames.push_back(std::move(it));
  earlier->after = it.after;
  if (earlier->before == earlier->after) renames.erase(earlier);
}

/// The new table of a rebuild, which takes the name of the old one, is no rename of anything.
bool is_made_in(const MigrationFile& file, Engine engine, const Path& table) {
  return engine != Engine::postgresql &&
         std::ranges::any_of(created_objects(file, engine), [&](const CreatedObject& it) {
           return it.kind == CreatedObject::Kind::relation && it.path == table;
         });
}
}  // namespace

Renames renames_in(const MigrationFile& file, Engine engine) {
  Renames out;
  for (const MigrationStatement& statement : split_migration(file.sql, file.path.string(), engine))
    for (const Renamed& it : effect_of(statement.sql, engine).renamed) {
      Path before = full(it.before, engine);
      if (it.kind == Renamed::Kind::schema)
        add_rename(out,
                   {RenameKind::schema, {}, {.name = it.before.schema}, {.name = it.after.schema}});
      if (it.kind == Renamed::Kind::column)
        add_rename(
            out,
            {RenameKind::column, before, {.name = it.column_before}, {.name = it.column_after}});
      if (it.kind == Renamed::Kind::type)
        add_rename(out, {RenameKind::enumeration, {}, before, full(it.after, engine)});
      if (it.kind != Renamed::Kind::table || is_made_in(file, engine, before)) continue;
      Path after = full(it.after, engine);
      for (RenameDecision& column : out)
        if (column.kind == RenameKind::column && column.table == before) column.table = after;
      add_rename(out, {RenameKind::table, {}, before, after});
    }
  return out;
}

std::optional<MigrationStep> step_of(const Folder& folder, const MigrationFile& file) {
  auto entry = std::ranges::find(folder.journal.entries(), file.tag, &JournalEntry::tag);
  if (entry == folder.journal.entries().end()) return std::nullopt;
  const SnapshotFile* snapshot = snapshot_of(folder, *entry);
  if (!snapshot) return std::nullopt;
  bool first = snapshot->header.ids.previous == no_snapshot_id;
  const SnapshotFile* previous = predecessor(folder, *snapshot);
  if (!first && !previous) return std::nullopt;
  return MigrationStep{
      .before = first ? Catalog{.engine = folder.engine} : load_snapshot(folder, *previous).catalog,
      .after = load_snapshot(folder, *snapshot).catalog,
      .renames = renames_in(file, folder.engine)};
}

std::vector<std::string> own_statements(const MigrationFile& file, Engine engine) {
  std::vector<std::string> out;
  for (MigrationStatement& it : split_migration(file.sql, file.path.string(), engine))
    if (!is_known_to_snapshots(it, engine)) out.push_back(std::move(it.sql));
  return out;
}

std::vector<std::string> unknown_to_snapshots(const MigrationFile& file, Engine engine) {
  std::vector<std::string> out = own_statements(file, engine);
  for (std::string& sql : out) sql = first_line(sql);
  return out;
}

std::string first_line(const std::string& sql) {
  std::string line = sql.substr(0, std::min(sql.find('\n'), std::size_t{80}));
  return line.size() < sql.size() ? line + " …" : line;
}

bool same_statements(const std::string& one, const std::string& other, Engine engine) {
  auto texts = [&](const std::string& sql) {
    std::vector<std::string> out;
    for (const MigrationStatement& it : split_migration(sql, "", engine)) out.push_back(it.sql);
    return out;
  };
  return texts(one) == texts(other);
}

}  // namespace tidemark
