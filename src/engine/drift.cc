#include "engine/drift.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "apply/status.h"
#include "diff/diff.h"
#include "engine/database.h"
#include "engine/pull.h"
#include "folder/new_migration.h"
#include "plan/planner.h"
#include "source/live/scope.h"

namespace tidemark {
namespace {

/// Whether something in a table that is on both sides is another.
bool is_changed(const DiffResult& result, const Path& table) {
  return std::ranges::any_of(result.changes, [&](const Change& change) {
    return std::visit(
        [&](const auto& it) {
          if constexpr (requires { it.table; }) return it.table == table;
          return false;
        },
        change);
  });
}

/// The plan from the database to another catalog. Nothing is a rename: what went is gone.
Difference between(const Catalog& live, Catalog wanted, const LiveScope& scope,
                   Connection& database) {
  std::vector<std::string> unseen = schemas_out_of(scope, wanted);
  wanted = in_scope(std::move(wanted), scope);
  Settled settled = settle(live, wanted, scope, database);
  settled.live.engine = wanted.engine;
  NoRenames none;
  DiffResult result = diff(settled.live, wanted, none);
  Plan closing = make_plan(result, wanted);
  for (Table& table : settled.live.tables)
    if (const Table* same = wanted.table(table.path); same && !is_changed(result, table.path))
      table = *same;
  return {std::move(settled.live), std::move(wanted), std::move(closing),
          std::move(settled.undecided), std::move(unseen)};
}

/// The newest migration that is applied, and how many are not.
struct Standing {
  std::string tag;
  std::size_t pending = 0;
};
Standing standing_of(const Status& status) {
  Standing out;
  for (const MigrationStatus& one : status.migrations) {
    if (one.to_apply())
      ++out.pending;
    else
      out.tag = one.migration.tag;
  }
  return out;
}

/// The schema after a migration; nothing where the folder keeps no snapshot of it.
std::optional<Catalog> catalog_after(const Folder& folder, const std::string& tag) {
  for (const JournalEntry& entry : folder.journal.entries()) {
    if (entry.tag != tag) continue;
    if (const SnapshotFile* file = snapshot_of(folder, entry))
      return load_snapshot(folder, *file).catalog;
  }
  return std::nullopt;
}

}  // namespace

namespace {
DriftReport look(Project& project) {
  const Config& config = project.config();
  std::future<DocumentText> evaluation;
  if (!config.schema.empty()) evaluation = project.evaluate_schema(/*with_places=*/false);
  Target target = open_target(project, Purpose::look);
  LiveScope scope = live_scope(config);
  Catalog live = read_live(*target.connection, scope).catalog;

  DriftReport report{.database = target.source};
  if (!target.migrations.empty()) {
    Standing standing =
        standing_of(read_status(*target.connection, target.migrations, target.history));
    report.tag = standing.tag;
    report.pending = standing.pending;
    Folder folder = open_folder(project.out(), config.engine);
    auto catalog = standing.tag.empty() ? std::nullopt : catalog_after(folder, standing.tag);
    if (catalog) report.folder = between(live, std::move(*catalog), scope, *target.connection);
  }
  if (evaluation.valid())
    report.schema =
        between(live, evaluation.get().read(config.engine).catalog, scope, *target.connection);
  return report;
}
}  // namespace

DriftReport drift_of(Project& project) {
  return on_database([&] { return look(project); });
}

std::optional<std::size_t> drifted_statements(Project& project, Target& target,
                                              const Status& status) {
  Standing standing = standing_of(status);
  if (standing.tag.empty()) return std::nullopt;
  try {
    Folder folder = open_folder(project.out(), project.config().engine);
    std::optional<Catalog> catalog = catalog_after(folder, standing.tag);
    if (!catalog) return std::nullopt;
    LiveScope scope = live_scope(project.config());
    Catalog live = read_live(*target.connection, scope).catalog;
    return between(live, std::move(*catalog), scope, *target.connection).closing.statements.size();
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    return std::nullopt;  // who may read the history may not be one who may read the rest
  }
}

std::filesystem::path write_drift_fix(Project& project, const DriftReport& report,
                                      const std::string& name) {
  if (report.pending > 0)
    throw Error(Fault::failed,
                fmt::format("{} {} not applied yet, and would come before the fix", report.pending,
                            report.pending == 1 ? "migration is" : "migrations are"))
        .hint("Run `tidemark migrate` first.");
  Folder folder = open_folder(project.out(), project.config().engine);
  require_writable(folder);
  Snapshot newest = load_newest(folder);
  Time time = now();
  return write_migration(
             folder, {.name = name_migration(folder, project.config().prefix,
                                             name.empty() ? "close_drift" : name, time),
                      .sql = migration_sql(report.folder->closing, project.config().breakpoints),
                      .catalog = newest.catalog,
                      .when = time,
                      .breakpoints = project.config().breakpoints,
                      .bundle = project.bundle()})
      .sql;
}

namespace {
/// The words of the schema where it says the same, plain ones elsewhere.
Catalog in_words_for(const Catalog& schema, const Catalog& settled) {
  Catalog live = settle_by_looking(in_plain_words(settled), schema, schema.engine);
  for (std::size_t i = 0; i < live.tables.size(); ++i) {
    const Table* own = schema.table(live.tables[i].path);
    for (Column& column : live.tables[i].columns) {
      const Column* wanted = own ? own->column(column.name) : nullptr;
      const Column* found = settled.tables[i].column(column.name);
      if (wanted && found && *wanted == *found) column = *found;
    }
  }
  return live;
}
}  // namespace

SchemaEdit accepting_edit(Project& project, const DriftReport& report) {
  const Config& config = project.config();
  if (!report.schema) throw Error(Fault::usage, "the configuration names no schema to edit");
  Document document = project.evaluate_schema(/*with_places=*/true).get().read(config.engine);
  Catalog schema = in_scope(std::move(document.catalog), live_scope(config));
  Catalog live = in_words_for(schema, report.schema->live);
  NoRenames none;
  return edit_schema({.schema = schema,
                      .wanted = live,
                      .difference = diff(schema, live, none),
                      .file = project.schema_files().front(),
                      .root = project.cwd(),
                      .options = schema_text_options(config)});
}

}  // namespace tidemark
