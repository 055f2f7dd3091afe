#include "engine/way_back.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "apply/created_objects.h"
#include "apply/log_table.h"
#include "apply/script.h"
#include "apply/statement_effect.h"
#include "apply/token_reader.h"
#include "base/sha256.h"
#include "base/text.h"
#include "diff/diff.h"
#include "engine/inverse_statement.h"
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

/// SQLite's new table, which has another name in the end.
bool is_of_rebuild(const CreatedObject& object) {
  return object.path.name.text().starts_with("__new_");
}

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

/// What a schema has a name for: a table, or something in one, a view, a type.
bool has(const Catalog& catalog, const CreatedObject& object) {
  auto named = [&](const auto& it) { return it.path.name == object.path.name; };
  auto indexed = [&](const Table& table) {
    return std::ranges::any_of(table.indexes,
                               [&](const Index& index) { return index.name == object.path.name; });
  };
  if (object.kind == CreatedObject::Kind::column)
    return std::ranges::any_of(catalog.tables, [&](const Table& table) {
      return named(table) && table.column(object.column);
    });
  return std::ranges::any_of(catalog.tables, named) || std::ranges::any_of(catalog.views, named) ||
         std::ranges::any_of(catalog.enums, named) ||
         std::ranges::any_of(catalog.sequences, named) ||
         std::ranges::any_of(catalog.tables, indexed);
}

/// The statements that the snapshots do not account for.
std::vector<MigrationStatement> beside_snapshots(const MigrationFile& file,
                                                 const std::optional<Derived>& derived,
                                                 Engine engine) {
  std::vector<MigrationStatement> all = split_migration(file.sql, file.path.string(), engine);
  std::erase_if(all, [](const MigrationStatement& it) { return is_ours(it.handling); });
  bool nothing_known = !derived || derived->before == derived->after;
  if (nothing_known) return all;
  std::erase_if(all, [&](const MigrationStatement& it) {
    MigrationFile alone{.tag = file.tag, .path = file.path, .sql = it.sql};
    if (!own_statements(alone, engine).empty()) return false;
    std::vector<CreatedObject> made = created_objects(alone, engine);
    return made.empty() || std::ranges::any_of(made, [&](const CreatedObject& object) {
             return object.kind == CreatedObject::Kind::schema || has(derived->after, object) ||
                    has(derived->before, object) || is_of_rebuild(object);
           });
  });
  return all;
}

/// The last name of an object of the record: "function public.touch()".
std::string_view last_name(std::string_view object) {
  object = object.substr(0, object.find('('));
  return object.substr(object.find_last_of(" .") + 1);
}

/// Whether a CREATE … IF NOT EXISTS made something: it is in the record then.
bool made_something(const MigrationStatement& statement, Engine engine,
                    const ImageChanges& recorded) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  TokenReader reader(tokens, engine);
  reader.skip_to("exists");
  std::string name = reader.path().name.text();
  return std::ranges::any_of(recorded, [&](const auto& one) {
    return !one.second.before && last_name(one.first) == name;
  });
}

/// Takes back by their words what the snapshots do not know, newest first; then the rest.
std::string whole_way_back(const MigrationFile& file, const std::optional<Derived>& derived,
                           Engine engine, const std::optional<ImageChanges>& recorded,
                           FoundWayBack& found) {
  std::string out;
  std::vector<MigrationStatement> unknown = beside_snapshots(file, derived, engine);
  for (const MigrationStatement& statement : std::views::reverse(unknown)) {
    std::optional<std::string> back = inverse_of(statement, engine, /*sure=*/!recorded);
    bool maybe = back && recorded && !inverse_of(statement, engine, /*sure=*/true);
    if (maybe && !made_something(statement, engine, *recorded)) continue;
    if (back)
      out += *back + ";--> statement-breakpoint\n";
    else
      found.unknown.insert(found.unknown.begin(), first_line(statement.sql));
  }
  for (const std::string& statement : found.unknown)
    found.consents.push_back(
        {Hazard::irreversible, "does not take back what no snapshot knows of: " + statement});
  if (derived) return out + derived->sql;
  return out.substr(0, out.rfind("--> statement-breakpoint"));
}

Error no_way_back(const std::string& tag, const std::filesystem::path& path) {
  return Error(Fault::failed, fmt::format("there is no way back for {}: the folder has neither {} "
                                          "nor the snapshots that it would be derived from, and "
                                          "its statements do not say what was before them",
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
  HistoryTable history(target.connection->engine(), target.history);
  LogTable log(history, target.connection->engine(), "");
  std::string recorded = log.read_catalog(*target.connection, file.tag);
  FoundWayBack found{.way = {.tag = file.tag, .row = migration.row.value(), .derived = !written}};
  found.way.file = {.tag = file.tag, .path = path};
  found.way.file.sql =
      written ? *written
              : whole_way_back(file, derived, folder.engine, parse_changes(recorded), found);
  if (!derived && found.way.file.sql.empty()) throw no_way_back(file.tag, path);
  bool as_derived = derived && same_statements(found.way.file.sql, derived->sql, folder.engine);
  if (as_derived)
    judge_difference(diff_back(derived->before, derived->after, derived->renames), derived->before,
                     *target.connection, found);
  else
    judge_words(split_migration(found.way.file.sql, path.string(), folder.engine), folder.engine,
                found);
  if (runs_in_parts(found.way, folder.engine))
    found.consents.push_back({Hazard::not_transactional,
                              "cannot run in one transaction: what is done when it stops half-way "
                              "stays done"});
  choose_check(recorded, derived, target, scope, found);
  return found;
}

}  // namespace tidemark
