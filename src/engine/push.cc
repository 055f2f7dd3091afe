#include "engine/push.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "apply/lock.h"
#include "base/interruption.h"
#include "connect/connect.h"
#include "engine/cut_names.h"
#include "engine/database.h"
#include "engine/references.h"
#include "plan/planner.h"
#include "source/live/scope.h"

namespace tidemark {
namespace {

/// A table goes with its rows or without any: its going is always to be agreed to.
bool matters(const MeasuredImpact& measured) {
  return measured.count != 0 || measured.impact.noun == "row";
}

void measure_all(Connection& database, std::vector<Impact> impacts, PushPlan& plan) {
  for (Impact& impact : impacts) {
    MeasuredImpact measured = measure(database, std::move(impact));
    if (measured.impact.hazard == Hazard::loses_data) {
      if (matters(measured)) plan.losses.push_back(std::move(measured));
    } else if (measured.count.value_or(0) > 0) {
      plan.failures.push_back(std::move(measured));
    }
  }
}

/// What things were called before the renames.
OldNames old_names(const Renames& renames) {
  OldNames old{.any = !renames.empty()};
  auto old_schema = [&](const Name& schema) {
    auto found = old.schemas.find(schema);
    return found == old.schemas.end() ? schema : found->second;
  };
  for (const RenameDecision& it : renames) {
    if (it.kind == RenameKind::schema) old.schemas[it.after.name] = it.before.name;
    if (it.kind == RenameKind::table)
      old.tables[it.after] = {old_schema(it.before.schema), it.before.name};
    if (it.kind == RenameKind::column)
      old.columns[it.table].emplace_back(it.before.name, it.after.name);
  }
  return old;
}

Name new_name(const OldNames& old, const Path& table, const Name& name) {
  auto columns = old.columns.find(table);
  if (columns == old.columns.end()) return name;
  for (const auto& [before, after] : columns->second)
    if (before == name) return after;
  return name;
}

/// Names that were passed on: what speaks of them is followed when they are decided.
Renames without_passed_on(const Renames& decided) {
  Renames rest = decided;
  std::erase_if(rest, [&](const RenameDecision& it) {
    return std::ranges::any_of(decided, [&](const RenameDecision& other) {
      return other.kind == it.kind && other.table == it.table &&
             (other.before == it.after || other.after == it.before);
    });
  });
  return rest;
}

/// A database keeps keys and indexes of renamed things up to date by itself.
void follow_renames(Catalog& live, const OldNames& old) {
  auto follow = [&](const Path& table, std::vector<Name>& names) {
    for (Name& name : names) name = new_name(old, table, name);
  };
  for (Table& table : live.tables) {
    for (PrimaryKey& it : table.primary_keys) follow(table.path, it.columns);
    for (Unique& it : table.uniques) follow(table.path, it.columns);
    for (Index& it : table.indexes)
      for (IndexColumn& column : it.columns)
        if (!column.is_expression)
          column.text = new_name(old, table.path, Name(column.text)).text();
    for (ForeignKey& it : table.foreign_keys) {
      follow(table.path, it.columns);
      for (const auto& [now, before] : old.tables)
        if (it.target == before) {
          it.target = now;
          break;
        }
      follow(it.target, it.target_columns);
    }
  }
}

/// What gets another name was settled with what has that name in the end: it is left as it was
/// read until it has its own.
void leave_renamed(Catalog& settled, const Catalog& live, const Renames& renames) {
  for (const RenameDecision& it : renames) {
    if (it.kind != RenameKind::table && it.kind != RenameKind::column) continue;
    const Path path = it.kind == RenameKind::table
                          ? it.before
                          : path_before(renames, RenameKind::table, it.table);
    auto table = std::ranges::find(settled.tables, path, &Table::path);
    auto as_read = std::ranges::find(live.tables, path, &Table::path);
    if (table != settled.tables.end() && as_read != live.tables.end()) *table = *as_read;
  }
}

}  // namespace

Push::Push(Project& project, RenameResolver& renames, Purpose purpose) : project_(project) {
  catch_interruption();
  on_database([&] { look(renames, purpose); });
}

void Push::look(RenameResolver& renames, Purpose purpose) {
  // The schema is evaluated by a child process while the database is read here.
  std::future<DocumentText> evaluation = project_.evaluate_schema(/*with_places=*/false);
  LiveTarget target = open_live(project_, purpose);
  live_ = read_patiently(target);
  connection_ = std::move(target.connection);
  scope_ = std::move(target.scope);
  plan_.database = std::move(target.source);

  // A file that stands in for a libSQL server is SQLite's.
  Engine engine =
      connection_->engine() == Engine::sqlite ? Engine::sqlite : project_.config().engine;
  Document schema = evaluation.get().read(engine);
  schema.catalog = in_scope(std::move(schema.catalog), scope_);
  declared_ = {.engine = live_.engine,
               .enums = schema.catalog.enums,
               .sequences = schema.catalog.sequences,
               .roles = schema.catalog.roles};
  leave_to_others(live_, declared_, scope_);
  Settled settled = settle(live_, schema.catalog, scope_, *connection_);
  settled.live.engine = engine;
  plan_.undecided = std::move(settled.undecided);
  NoRenames none;
  if (diff(settled.live, schema.catalog, none).changes.empty()) return;
  // There is something to point at.
  schema = project_.evaluate_schema(/*with_places=*/true).get().read(engine);
  schema.catalog = in_scope(std::move(schema.catalog), scope_);
  make_plan_to(schema, settled.live, renames);
}

void Push::make_plan_to(const Document& schema, const Catalog& live, RenameResolver& renames) {
  DiffResult difference = diff(live, schema.catalog, renames);
  renames.finish();
  if (!difference.renames.empty())
    difference = renamed_difference(schema.catalog, difference.renames);
  require_targets(difference, schema, project_.config().tables_filter);
  for (std::string& one : missing_enums(difference, schema, live)) project_.warn(std::move(one));
  require_distinct_names(live, schema.catalog);
  plan_.plan = make_plan(difference, schema.catalog);
  measure_all(*connection_, impacts(difference, schema.catalog), plan_);
  plan_.taken_along = taken_along(*connection_, difference);
}

DiffResult Push::renamed_difference(const Catalog& wanted, const Renames& renames) {
  KnownRenames known(renames);
  Catalog live = settle_by_looking(live_, wanted, connection_->engine());
  live.engine = wanted.engine;
  leave_renamed(live, live_, renames);
  return diff(live, wanted, known, [&](Catalog& renamed, const Renames& decided) {
    OldNames old = old_names(decided);
    follow_renames(renamed, old_names(without_passed_on(decided)));
    Settled settled = settle(renamed, wanted, scope_, *connection_, old);
    renamed = std::move(settled.live);
    renamed.engine = wanted.engine;
    plan_.undecided = std::move(settled.undecided);
  });
}

void Push::apply(PlanRunOptions options, const EventSink& events) {
  Deadline deadline(options.wait);
  HistoryTable history(connection_->engine(), history_of(project_.config()));
  MigrationLock lock(*connection_, history, deadline, events);
  options.still_fits = [this] { require_unchanged(); };
  run_plan(*connection_, plan_.plan, options, events);
}

void Push::require_unchanged() {
  Catalog now = read_live(*connection_, scope_).catalog;
  leave_to_others(now, declared_, scope_);
  if (now == live_) return;
  throw Error(Fault::failed,
              "the database has changed since the plan was made; nothing was changed")
      .hint("Run `tidemark push` again: it plans anew.");
}

}  // namespace tidemark
