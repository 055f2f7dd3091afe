#include "engine/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "diff/diff.h"
#include "engine/cut_names.h"
#include "engine/earlier_renames.h"
#include "engine/references.h"
#include "folder/new_migration.h"
#include "folder/unfinished.h"
#include "plan/planner.h"
#include "plan/proof.h"

namespace tidemark {
namespace {

/// SQLite's snapshots record the renames that led to them.
SnapshotMeta meta_of(Engine engine, const Renames& renames) {
  SnapshotMeta meta;
  if (engine == Engine::postgresql) return meta;
  auto quoted = [](const Name& name) { return "\"" + name.text() + "\""; };
  for (const RenameDecision& rename : renames) {
    if (rename.kind == RenameKind::table)
      meta.tables.emplace_back(quoted(rename.before.name), quoted(rename.after.name));
    if (rename.kind == RenameKind::column) {
      std::string table = quoted(rename.table.name) + ".";
      meta.columns.emplace_back(table + quoted(rename.before.name),
                                table + quoted(rename.after.name));
    }
  }
  return meta;
}

/// A rebuild drops the old table. Where foreign keys cannot be switched off, that deletes
/// or changes the rows which refer to it.
void judge_for_d1(Plan& plan, const Catalog& schema) {
  for (const Table& table : schema.tables) {
    auto is_drop = [&](const Statement& one) {
      return one.sql == fmt::format("DROP TABLE `{}`;", table.path.name.text());
    };
    auto drop = std::ranges::find_if(plan.statements, is_drop);
    if (drop == plan.statements.end()) continue;
    for (const Table& other : schema.tables)
      for (const ForeignKey& key : other.foreign_keys)
        if (key.target.name == table.path.name && other.path != table.path &&
            (key.on_delete == "cascade" || key.on_delete.starts_with("set ")))
          drop->findings.push_back(
              {Hazard::loses_data, "d1_rebuild",
               fmt::format(
                   "Cloudflare D1 keeps foreign keys on: `on delete {}` happens to all rows "
                   "of {} that refer to {}",
                   key.on_delete, other.path.name.text(), table.path.name.text())});
  }
}

/// Writes SQL that was decided on; the last step, and the only one that writes.
void write(Project& project, Folder& folder, NewMigration migration, GenerateResult& result) {
  migration.breakpoints = project.config().breakpoints;
  migration.bundle = project.bundle();
  WrittenMigration written = write_migration(folder, migration);
  result.tag = migration.name.tag;
  result.file = written.sql;
  result.way_back = written.way_back;
}

GenerateResult generate_custom(Project& project, Folder& folder, const GenerateOptions& options) {
  Snapshot newest = load_newest(folder);
  Time time = now();
  GenerateResult result;
  write(project, folder,
        {.name = name_migration(folder, project.config().prefix, options.name, time),
         .sql = std::string(custom_migration),
         .catalog = newest.catalog,
         .when = time},
        result);
  return result;
}

/// Empty where names go back that SQL speaks of which nobody rewrites.
std::string way_back(Project& project, const Catalog& before, const Catalog& after,
                     const DiffResult& difference, const Plan& plan) {
  try {
    Plan back = plan_back(before, after, difference.renames, difference.renamed_earlier);
    return way_back_sql(plan, back, project.config().breakpoints);
  } catch (const Error& error) {
    project.warn(fmt::format(
        "no way back is written: {}; put one into {}, or `tidemark rollback` looks for one",
        error.what(), project.shown(project.out() / ".tidemark" / "down")));
    return {};
  }
}

}  // namespace

GenerateResult generate(Project& project, const GenerateOptions& options, RenameResolver& renames) {
  const Config& config = project.config();
  remove_leftovers(project.out());
  if (options.custom) {
    Folder folder = open_folder(project.out(), config.engine);
    require_writable(folder);
    return generate_custom(project, folder, options);
  }

  // The schema is evaluated by a child process while the folder is read here.
  std::future<DocumentText> evaluation = project.evaluate_schema(/*with_places=*/false);
  Folder folder = open_folder(project.out(), config.engine);
  require_writable(folder);
  std::string newest_text = read_newest(folder);
  DocumentText text = evaluation.get();

  GenerateResult result{.tables = text.tables(), .standins = text.standins()};
  if (text.is(newest_text)) return result;
  Snapshot newest = load_newest(folder);
  if (newest.catalog == text.read(config.engine).catalog) return result;
  // There is something to point at.
  Document schema = project.evaluate_schema(/*with_places=*/true).get().read(config.engine);

  DiffResult difference = diff(newest.catalog, schema.catalog, renames);
  renames.finish();
  require_targets(difference, schema, config.tables_filter);
  for (std::string& one : missing_enums(difference, schema, newest.catalog))
    project.warn(std::move(one));
  require_distinct_names(newest.catalog, schema.catalog);
  difference.renamed_earlier = renamed_earlier(folder, newest.catalog, difference);
  result.plan = make_plan(difference, schema.catalog);
  if (config.driver == "d1-http") judge_for_d1(result.plan, schema.catalog);
  if (result.plan.statements.empty() || options.check) return result;
  prove(newest.catalog, schema.catalog, result.plan);

  Time time = now();
  write(project, folder,
        {.name = name_migration(folder, config.prefix, options.name, time),
         .sql = migration_sql(result.plan, config.breakpoints),
         .way_back = way_back(project, newest.catalog, schema.catalog, difference, result.plan),
         .catalog = schema.catalog,
         .meta = meta_of(config.engine, difference.renames),
         .when = time},
        result);
  return result;
}

}  // namespace tidemark
