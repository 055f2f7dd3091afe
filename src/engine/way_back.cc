#include "engine/way_back.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/log_table.h"
#include "apply/script.h"
#include "apply/statement_effect.h"
#include "base/sha256.h"
#include "base/text.h"
#include "diff/diff.h"
#include "engine/migration_step.h"
#include "engine/snapshot_check.h"
#include "plan/planner.h"
#include "plan/reasons.h"

namespace tidemark {
namespace {

/// What a migration did, and what the way back is by that.
struct Derived : MigrationStep {
  std::string sql;
};

std::optional<Derived> derive(const Folder& folder, const MigrationFile& file) {
  std::optional<MigrationStep> step = step_of(folder, file);
  if (!step) return std::nullopt;
  Plan back = plan_back(step->before, step->after, step->renames);
  return Derived{std::move(*step), migration_sql(back, /*breakpoints=*/true)};
}

std::optional<std::uint64_t> count(Connection& database, const std::string& query) {
  try {
    return std::stoull(database.query(query).rows.at(0).at(0).value_or("0"));
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    return std::nullopt;  // a table that has another name until newer migrations are back
  }
}

std::string impact_text(const Impact& impact, std::optional<std::uint64_t> count) {
  if (!count) return fmt::format("{} {}s {}", impact.verb, impact.noun, impact.where);
  return fmt::format("{} {} {}", impact.verb, counted(*count, impact.noun), impact.where);
}

/// What the words of somebody's own way back lose.
void judge_words(const std::vector<MigrationStatement>& statements, Engine engine,
                 FoundWayBack& found) {
  std::vector<Destroyed> destroyed;
  std::vector<Path> made_again;  // SQLite's rebuilds
  for (const MigrationStatement& statement : statements) {
    StatementEffect effect = effect_of(statement.sql, engine);
    std::ranges::move(effect.destroyed, std::back_inserter(destroyed));
    for (const Renamed& renamed : effect.renamed) made_again.push_back(renamed.after);
  }
  for (const Destroyed& it : destroyed) {
    bool rebuilt =
        engine != Engine::postgresql && std::ranges::find(made_again, it.table) != made_again.end();
    if (rebuilt || it.kind == Destroyed::Kind::values) continue;
    std::string_view verb = it.kind == Destroyed::Kind::rows ? "deletes rows of" : "drops";
    std::string what = it.column.empty() ? plain_name(it.table) : plain_name(it.table, it.column);
    found.consents.push_back({Hazard::loses_data, fmt::format("{} {}", verb, what)});
  }
}

void note_unknown(const MigrationFile& file, Engine engine, FoundWayBack& found) {
  found.unknown = unknown_to_snapshots(file, engine);
  for (const std::string& statement : found.unknown)
    found.consents.push_back(
        {Hazard::irreversible, "does not take back what no snapshot knows of: " + statement});
}

Error no_way_back(const std::string& tag, const std::filesystem::path& path) {
  return Error(Fault::failed, fmt::format("there is no way back for {}: the folder has neither {} "
                                          "nor the snapshots that it would be derived from",
                                          tag, path.string()))
      .hint("write it, as SQL");
}

void choose_check(const std::string& recorded, const std::optional<Derived>& derived,
                  const Target& target, const LiveScope& scope, FoundWayBack& found) {
  const std::string& tag = found.way.tag;
  if (auto changes = parse_changes(recorded)) {
    found.way.check = check_by_changes(tag, std::move(*changes), target.history, true);
    found.proof = "recorded";
  } else if (derived) {
    found.way.check = check_by_snapshots(tag, derived->before, derived->after, scope, target);
    found.proof = "snapshots";
  } else {
    found.proof = "none";
    found.consents.push_back(
        {Hazard::irreversible,
         fmt::format("cannot be proved: what {} did to the catalog was not recorded when it was "
                     "applied, and the folder has no snapshots of it",
                     tag)});
  }
}

}  // namespace

void judge_difference(const DiffResult& back, const Catalog& target, Connection& database,
                      FoundWayBack& found) {
  for (const Impact& impact : impacts(back, target)) {
    if (impact.hazard != Hazard::loses_data) continue;
    auto rows = count(database, impact.count_sql);
    if (rows != 0) found.consents.push_back({impact.hazard, impact_text(impact, rows)});
  }
  for (const Statement& statement : make_plan(back, target).statements)
    for (const Finding& finding : statement.findings)
      if (finding.hazard == Hazard::irreversible)
        found.consents.push_back({finding.hazard, finding.message});
}

FoundWayBack find_way_back(const Folder& folder, Target& target, const LiveScope& scope,
                           const MigrationStatus& migration) {
  const MigrationFile& file = migration.migration;
  std::filesystem::path path = folder.way_back_path(file.tag);
  std::optional<std::string> written = read_way_back(folder, file.tag);
  std::optional<Derived> derived = derive(folder, file);
  if (!written && !derived) throw no_way_back(file.tag, path);

  FoundWayBack found{.way = {.tag = file.tag, .row = migration.row.value(), .derived = !written}};
  found.way.file = {.tag = file.tag, .path = path, .sql = written ? *written : derived->sql};
  if (!written) note_unknown(file, folder.engine, found);
  bool as_derived = derived && same_statements(found.way.file.sql, derived->sql, folder.engine);
  if (as_derived) {
    KnownRenames known(inverted(derived->renames));
    judge_difference(diff(derived->after, derived->before, known), derived->before,
                     *target.connection, found);
  } else
    judge_words(split_migration(found.way.file.sql, path.string(), folder.engine), folder.engine,
                found);
  if (runs_in_parts(found.way, folder.engine))
    found.consents.push_back({Hazard::not_transactional,
                              "cannot run in one transaction: what is done when it stops half-way "
                              "stays done"});
  HistoryTable history(target.connection->engine(), target.history);
  LogTable log(history, target.connection->engine(), "");
  choose_check(log.read_catalog(*target.connection, file.tag), derived, target, scope, found);
  return found;
}

}  // namespace tidemark
