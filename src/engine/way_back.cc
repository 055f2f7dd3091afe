#include "engine/way_back.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "apply/created_objects.h"
#include "apply/log_table.h"
#include "apply/script.h"
#include "apply/statement_effect.h"
#include "apply/token_reader.h"
#include "base/crypto.h"
#include "base/text.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"
#include "diff/diff.h"
#include "engine/blocks.h"
#include "engine/inverse_statement.h"
#include "engine/made_again.h"
#include "engine/measured_impact.h"
#include "engine/migration_step.h"
#include "engine/replay.h"
#include "engine/snapshot_check.h"
#include "engine/step_as_recorded.h"
#include "engine/step_as_said.h"
#include "engine/without_values.h"
#include "plan/planner.h"

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

/// A snapshot that cannot be read is as good as none where the record shows the way.
std::optional<MigrationStep> readable_step(const Folder& folder, const MigrationFile& file,
                                           bool recorded) {
  try {
    return step_of(folder, file);
  } catch (const Error&) {
    if (!recorded) throw;
    return std::nullopt;
  }
}

std::optional<Derived> derive(const Folder& folder, const MigrationFile& file,
                              const std::optional<ImageChanges>& recorded) {
  std::optional<MigrationStep> step = readable_step(folder, file, recorded.has_value());
  if (!step) return std::nullopt;
  if (recorded && folder.engine == Engine::postgresql)
    std::ranges::move(block_renames(file, *recorded), std::back_inserter(step->renames));
  *step = as_said(std::move(*step), file, folder.engine);
  if (recorded) *step = as_recorded(std::move(*step), *recorded);
  Plan back = plan_back(step->before, step->after, step->renames);
  return Derived{std::move(*step), migration_sql(back, /*breakpoints=*/true)};
}

/// What the words of somebody's own way back lose.
void judge_words(const std::vector<MigrationStatement>& statements, Engine engine,
                 FoundWayBack& found) {
  std::vector<Destroyed> destroyed;
  std::vector<Path> rebuilt_tables;
  for (const MigrationStatement& statement : statements) {
    StatementEffect effect = effect_of(statement.sql, engine);
    std::ranges::move(effect.destroyed, std::back_inserter(destroyed));
    for (const Renamed& renamed : effect.renamed) rebuilt_tables.push_back(renamed.after);
  }
  for (const Destroyed& it : destroyed) {
    bool rebuilt = engine != Engine::postgresql &&
                   std::ranges::find(rebuilt_tables, it.table) != rebuilt_tables.end();
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
  if (object.kind == CreatedObject::Kind::view) return std::ranges::any_of(catalog.views, named);
  return std::ranges::any_of(catalog.tables, named) || std::ranges::any_of(catalog.enums, named) ||
         std::ranges::any_of(catalog.sequences, named) ||
         std::ranges::any_of(catalog.tables, indexed);
}

/// Whether a type gets a name that no snapshot knows.
bool renames_unknown_type(const MigrationStatement& statement, const Catalog& after,
                          Engine engine) {
  return std::ranges::any_of(effect_of(statement.sql, engine).renamed, [&](const Renamed& it) {
    return it.kind == Renamed::Kind::type && !has(after, {CreatedObject::Kind::type, it.after});
  });
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
    if (!own_statements(alone, engine).empty() || renames_unknown_type(it, derived->after, engine))
      return false;
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

/// Whether a CREATE … IF NOT EXISTS or OR REPLACE made something: it is in the record then.
bool made_something(const MigrationStatement& statement, Engine engine,
                    const ImageChanges& recorded) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  TokenReader reader(tokens, engine);
  if (reader.take("create") && reader.take("or")) {
    reader.skip({"replace", "temp", "temporary", "recursive"});
    reader.next();  // the kind of object
  } else {
    reader.skip_to("exists");
  }
  std::string name = reader.path().name.text();
  return std::ranges::any_of(recorded, [&](const auto& one) {
    return !one.second.before && last_name(one.first) == name;
  });
}

bool takes_away(const StatementEffect& effect, const CreatedObject& object) {
  auto dropped = [&](const Destroyed& it) {
    return it.table.name == object.path.name &&
           (it.kind == Destroyed::Kind::table ||
            (it.kind == Destroyed::Kind::column && it.column == object.column));
  };
  auto renamed = [&](const Renamed& it) {
    return it.before.name == object.path.name && it.column_before == object.column;
  };
  return std::ranges::any_of(effect.destroyed, dropped) ||
         std::ranges::any_of(effect.renamed, renamed);
}

/// What ends with the session that made it.
bool is_temporary(const MigrationStatement& statement, Engine engine) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  return tokens.size() > 1 && tokens[0].is("create") &&
         (tokens[1].is("temp") || tokens[1].is("temporary"));
}

bool drops_type(const MigrationStatement& statement, const CreatedObject& object, Engine engine) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  return object.kind == CreatedObject::Kind::type && tokens.size() > 2 && tokens[0].is("drop") &&
         tokens[1].is("type") && std::ranges::any_of(tokens, [&](const Token& token) {
           return name_of(token, engine) == object.path.name.text();
         });
}

/// What a statement makes, or gives a name to.
std::vector<CreatedObject> made_by(const MigrationStatement& statement, const MigrationFile& file,
                                   Engine engine) {
  std::vector<CreatedObject> made =
      created_objects({.tag = file.tag, .path = file.path, .sql = statement.sql}, engine);
  for (const Renamed& it : effect_of(statement.sql, engine).renamed) {
    if (it.kind == Renamed::Kind::table) made.push_back({CreatedObject::Kind::relation, it.after});
    if (it.kind == Renamed::Kind::type) made.push_back({CreatedObject::Kind::type, it.after});
    if (it.kind == Renamed::Kind::column)
      made.push_back({CreatedObject::Kind::column, it.before, it.column_after});
  }
  return made;
}

/// Whether the migration itself drops or renames later all that a statement made.
bool is_gone_again(const MigrationStatement& statement, const MigrationFile& file, Engine engine) {
  if (is_temporary(statement, engine)) return true;
  std::vector<MigrationStatement> later = split_migration(file.sql, file.path.string(), engine);
  std::erase_if(later, [&](const auto& it) { return it.offset <= statement.offset; });
  std::vector<CreatedObject> made = made_by(statement, file, engine);
  bool renames = !effect_of(statement.sql, engine).renamed.empty();  // one after another go back
  return !made.empty() && std::ranges::all_of(made, [&](const CreatedObject& object) {
    return std::ranges::any_of(later, [&](const MigrationStatement& it) {
      StatementEffect effect = effect_of(it.sql, engine);
      if (renames) effect.renamed.clear();
      return takes_away(effect, object) || drops_type(it, object, engine);
    });
  });
}

/// Rows, whose way back nobody can tell, are no part of the catalog.
bool is_data(const MigrationStatement& statement, Engine engine) {
  static constexpr std::array words = {"insert", "update", "delete", "truncate", "select", "with"};
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  return is_ours(statement.handling) ||
         std::ranges::any_of(words, [&](const char* word) { return tokens[0].is(word); });
}

/// What has to be out of the way before its name comes back to something else.
bool frees_name(const std::string& back, Engine engine) {
  static constexpr std::array kinds = {"view", "materialized", "type"};
  std::vector<Token> tokens = tokenize(back, engine);
  return tokens.size() > 1 && tokens[0].is("drop") &&
         std::ranges::any_of(kinds, [&](const char* kind) { return tokens[1].is(kind); });
}

/// Whether it is about more than rows: then the record of what it did repairs it.
bool is_repaired(const MigrationStatement& statement, const std::optional<std::string>& back,
                 Engine engine) {
  if (!back) return !is_data(statement, engine);
  StatementEffect effect = effect_of(*back, engine);
  return effect.destroyed.empty() && effect.renamed.empty() && !frees_name(*back, engine);
}

/// What tables stand on goes, or gets its old name, after them.
bool is_stood_on(const std::string& drop, Engine engine) {
  static constexpr std::array kinds = {"type",   "domain",    "function", "procedure",
                                       "schema", "extension", "sequence"};
  std::vector<Token> tokens = tokenize(drop, engine);
  return tokens.size() > 1 && !tokens[1].is("table") &&
         std::ranges::any_of(kinds, [&](const char* kind) { return tokens[1].is(kind); });
}

/// The way back of one statement of which no snapshot knows.
struct OwnWay {
  bool known = true;
  std::optional<std::string> back = {};  // absent: none is needed
};

OwnWay own_way(const MigrationStatement& statement, const MigrationFile& file, Engine engine,
               const std::optional<ImageChanges>& recorded) {
  std::optional<std::string> back = inverse_of(statement, engine, /*sure=*/!recorded);
  bool maybe = back && recorded && !inverse_of(statement, engine, /*sure=*/true);
  bool for_nothing = (maybe && !made_something(statement, engine, *recorded)) ||
                     (back && is_gone_again(statement, file, engine));
  bool by_record = recorded && engine == Engine::postgresql;
  // The record repairs what else it did.
  if (by_record && block_writes_rows(statement)) return {.known = false};
  if (for_nothing || (by_record && is_repaired(statement, back, engine))) return {};
  bool known = back.has_value();
  // Keys that hold a table are in the record: it shows whether something else went with it.
  if (by_record && known && back->starts_with("DROP TABLE ")) *back += " CASCADE";
  return {.known = known, .back = std::move(back)};
}

/// Gives the old name back.
std::string rename_back(const RenameDecision& it) {
  if (it.kind == RenameKind::column)
    return standard_sql("ALTER TABLE ", it.table, " RENAME COLUMN ", it.after.name, " TO ",
                        it.before.name, ";");
  return standard_sql("ALTER TABLE ", it.after, " RENAME TO ", it.before.name, ";");
}

/// Whether the plan of the snapshots renames it.
bool is_known(const MigrationStep& step, const RenameDecision& it) {
  if (it.kind != RenameKind::column) return step.before.table(it.before);
  const Table* table = step.before.table(it.table);
  return table && table->column(it.before.name);
}

/// What came, went or was renamed of which neither snapshots nor words tell.
std::vector<std::string> again(const MigrationFile& file, const std::optional<Derived>& derived,
                               const ImageChanges& recorded) {
  const MigrationStep step = derived ? MigrationStep(*derived) : MigrationStep{};
  Renames renames = renames_in(file, Engine::postgresql);
  std::vector<std::string> out;
  for (RenameDecision& it : block_renames(file, recorded)) {
    if (!is_known(step, it)) out.push_back(rename_back(it));
    renames.push_back(std::move(it));
  }
  std::vector<CreatedObject> said = created_objects(file, Engine::postgresql);
  std::ranges::move(taken_away(recorded, renames, said, step.after), std::back_inserter(out));
  std::ranges::move(made_again(recorded, renames, step.before, step.after),
                    std::back_inserter(out));
  return out;
}

/// Takes back by their words what the snapshots do not know, newest first; then the rest.
std::string whole_way_back(const MigrationFile& file, const std::optional<Derived>& derived,
                           Engine engine, const std::optional<ImageChanges>& recorded,
                           FoundWayBack& found) {
  std::vector<std::string> parts, last;
  std::vector<MigrationStatement> unknown = beside_snapshots(file, derived, engine);
  for (const MigrationStatement& statement : std::views::reverse(unknown)) {
    OwnWay way = own_way(statement, file, engine, recorded);
    if (!way.known) found.unknown.insert(found.unknown.begin(), first_line(statement.sql));
    if (way.back) (is_stood_on(*way.back, engine) ? last : parts).push_back(*way.back + ";");
  }
  for (const std::string& statement : found.unknown)
    found.consents.push_back(
        {Hazard::irreversible, "does not take back what no snapshot knows of: " + statement});
  if (recorded && engine == Engine::postgresql)
    std::ranges::move(again(file, derived, *recorded), std::back_inserter(parts));
  if (derived && !derived->sql.empty()) parts.push_back(derived->sql);
  std::ranges::move(last, std::back_inserter(parts));
  return join(parts, "--> statement-breakpoint\n");
}

/// Whether no statement is needed: the catalog is what it was, or the record repairs it.
bool needs_no_statement(const MigrationFile& file, Engine engine,
                        const std::optional<ImageChanges>& recorded) {
  if (recorded) return recorded->empty() || engine == Engine::postgresql;
  return std::ranges::all_of(split_migration(file.sql, file.path.string(), engine),
                             [&](const auto& statement) { return is_data(statement, engine); });
}

Error no_way_back(const std::string& tag, const std::filesystem::path& path) {
  return Error(Fault::failed, fmt::format("there is no way back for {}: the folder has neither {} "
                                          "nor the snapshots that it would be derived from, and "
                                          "its statements do not say what was before them",
                                          tag, path.string()))
      .hint("write it, as SQL");
}

/// A table that is partitioned now is no table that statements of a catalog make of it again.
void require_same_kinds(const std::string& tag, const std::filesystem::path& path,
                        const ImageChanges& recorded) {
  for (const auto& [object, change] : recorded) {
    bool table = object.starts_with("table ") && change.before && change.after;
    if (!table || !change.before->starts_with("r ") || !change.after->starts_with("p ")) continue;
    throw Error(Fault::failed, fmt::format("{} made {} a partitioned table, for which no way back "
                                           "is derived",
                                           tag, object.substr(object.find(' ') + 1)))
        .hint(fmt::format("write it into {}", path.string()));
  }
}

void choose_check(std::optional<ImageChanges> changes, const std::optional<Derived>& derived,
                  const Target& target, const LiveScope& scope, FoundWayBack& found) {
  const std::string& tag = found.way.tag;
  if (changes) {
    found.way.check =
        check_by_changes(tag, std::move(*changes), target.history,
                         found.way.derived ? ChangesFrom::repaired : ChangesFrom::record);
    found.proof = "recorded";
  } else if (derived) {
    found.way.check =
        check_by_snapshots(tag, derived->before, derived->after, derived->renames, scope, target);
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
  for (Impact& impact : impacts(back, target)) {
    if (impact.hazard != Hazard::loses_data) continue;
    MeasuredImpact measured = measure(database, std::move(impact));
    if (measured.count != 0)
      found.consents.push_back({measured.impact.hazard, impact_text(measured)});
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
  HistoryTable history(target.connection->engine(), target.history);
  LogTable log(history, target.connection->engine(), "");
  std::string recorded = log.read_catalog(*target.connection, file.tag);
  const bool replayed = recorded.empty();
  if (replayed) recorded = replayed_record(target, file.tag);
  std::optional<ImageChanges> changes = parse_changes(recorded);
  std::optional<Derived> derived = derive(folder, file, changes);
  if (!written && changes) require_same_kinds(file.tag, path, *changes);
  FoundWayBack found{.way = {.tag = file.tag, .row = migration.row.value(), .derived = !written}};
  found.way.file = {.tag = file.tag, .path = path};
  found.way.file.sql =
      written ? *written : whole_way_back(file, derived, folder.engine, changes, found);
  if (!derived && found.way.file.sql.empty() && !needs_no_statement(file, folder.engine, changes))
    throw no_way_back(file.tag, path);
  bool as_derived = derived && same_statements(found.way.file.sql, derived->sql, folder.engine);
  // What somebody wrote is run as it stands.
  if (as_derived) found.way.definitions = definitions_before(recorded);
  if (as_derived)
    judge_difference(diff_back(derived->before, derived->after, derived->renames), derived->before,
                     *target.connection, found);
  else
    judge_words(split_migration(found.way.file.sql, path.string(), folder.engine), folder.engine,
                found);
  for (const std::string& column :
       columns_without_values(file, changes, derived ? &*derived : nullptr, target))
    found.consents.push_back(
        {Hazard::loses_data,
         fmt::format("brings {} back without its values: none are kept", column)});
  if (runs_in_parts(found.way, folder.engine))
    found.consents.push_back({Hazard::not_transactional,
                              "cannot run in one transaction: what is done when it stops half-way "
                              "stays done"});
  choose_check(std::move(changes), derived, target, scope, found);
  if (replayed && found.proof == "recorded") found.proof = "replayed";
  return found;
}

}  // namespace tidemark
