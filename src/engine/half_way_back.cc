#include "engine/half_way_back.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "apply/log_table.h"
#include "apply/script.h"
#include "apply/sql_lexer.h"
#include "catalog/object_lists.h"
#include "diff/diff.h"
#include "engine/migration_step.h"
#include "engine/snapshot_check.h"
#include "plan/planner.h"
#include "source/live/scope.h"
#include "source/live/settle.h"

namespace tidemark {
namespace {

/// The names that statements write: what they may have touched.
class Touched {
 public:
  Touched(const std::string& statements, Engine engine) {
    for (const Token& token : tokenize(statements, engine))
      if (token.kind == Token::Kind::word || token.kind == Token::Kind::name)
        names_.insert(name_of(token, engine));
  }

  bool operator()(const Name& name) const { return names_.contains(name.text()); }
  bool operator()(const Schema& it) const { return (*this)(it.name); }
  bool operator()(const Role& it) const { return (*this)(it.name); }
  bool operator()(const Policy& it) const { return (*this)(it.name); }
  bool operator()(const Table& it) const {
    auto named = [this](const auto& part) { return (*this)(part.name); };
    return (*this)(it.path.name) || std::ranges::any_of(it.indexes, named);
  }
  template <class Object>
  bool operator()(const Object& it) const {
    return (*this)(it.path.name);
  }

 private:
  std::set<std::string> names_;
};

/// What was touched is as it was, all else as it is.
template <class Object>
void undo(std::vector<Object>& live, const std::vector<Object>& before, const Touched& touched) {
  std::erase_if(live, touched);
  std::ranges::copy_if(before, std::back_inserter(live), touched);
}

Catalog undone(Catalog live, const Catalog& before, const Touched& touched) {
  for_each_list(live, before, [&](auto& there, const auto& was) { undo(there, was, touched); });
  return live;
}

/// The statements that have run, or began to.
MigrationFile what_ran(const MigrationStatus& migration, Target& target, const LogTable& log) {
  Script script = make_script(migration.migration, target.connection->engine());
  std::size_t count = migration.log->done;
  for (const LoggedStatement& one : log.read_statements(*target.connection, migration.log->tag))
    count = std::max(count, one.number);
  MigrationFile ran = migration.migration;
  ran.sql.clear();
  for (std::size_t i = 0; i < std::min(count, script.statements.size()); ++i)
    ran.sql += script.statements[i].sql + ";\n";
  return ran;
}

}  // namespace

FoundWayBack find_half_way_back(const Folder& folder, Target& target, const LiveScope& scope,
                                const MigrationStatus& migration) {
  Connection& database = *target.connection;
  const std::string& tag = migration.migration.tag;
  std::optional<MigrationStep> step = step_of(folder, migration.migration);
  if (!step)
    throw Error(Fault::failed, fmt::format("the folder has no snapshots of what was before {}, so "
                                           "what it did cannot be taken back",
                                           tag))
        .hint(fmt::format("undo it by hand, then `tidemark repair --not-applied {}`", tag));
  LogTable log(HistoryTable(database.engine(), target.history), database.engine(), "");
  MigrationFile ran = what_ran(migration, target, log);

  Settled settled =
      settle(read_live(database, scope).catalog, in_scope(step->before, scope), scope, database);
  settled.live.engine = folder.engine;
  Catalog wanted =
      undone(settled.live, in_scope(step->before, scope), {ran.sql, database.engine()});
  Renames made = renames_in(ran, folder.engine);
  KnownRenames renames(inverted(made));
  DiffResult back = diff(settled.live, wanted, renames);

  FoundWayBack found{.way = {.tag = tag, .done = migration.log->done, .derived = true},
                     .proof = "snapshots"};
  found.way.file = {.tag = tag,
                    .path = folder.way_back_path(tag),
                    .sql = migration_sql(make_plan(back, wanted), /*breakpoints=*/true)};
  judge_difference(back, wanted, database, found);
  found.unknown = unknown_to_snapshots(ran, folder.engine);
  for (const std::string& statement : found.unknown)
    found.consents.push_back(
        {Hazard::irreversible, "does not take back what no snapshot knows of: " + statement});
  found.way.check = check_by_snapshots(tag, wanted, settled.live, made, scope, target);
  return found;
}

}  // namespace tidemark
