#include "engine/repair.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/lock.h"
#include "base/text.h"

namespace tidemark {
namespace {

/// Whether a correction is one of a migration in this state.
bool fits(Correction what, const MigrationStatus& migration) {
  MigrationState state = migration.state;
  bool half = state == MigrationState::half_applied;
  bool is_applied = state == MigrationState::applied || state == MigrationState::edited;
  if (what == Correction::accept) return state == MigrationState::edited;
  if (what == Correction::not_applied) return is_applied || half || migration.undecided;
  return !is_applied;
}

[[noreturn]] void refuse(const std::string& tag, const Status& status) {
  std::vector<std::string> tags;
  for (const MigrationStatus& one : status.migrations) tags.push_back(one.migration.tag);
  std::string near = did_you_mean(tag, tags);
  throw Error(Fault::usage, fmt::format("there is no migration \"{}\"", tag))
      .hint(near.empty() ? "`tidemark status` lists them" : "did you mean " + near + "?");
}

[[noreturn]] void changed_meanwhile() {
  throw Error(Fault::failed, "the history was changed meanwhile; nothing was repaired")
      .hint("run the command again");
}

/// Whether a migration that stopped half-way is still where it was.
bool stands_still(Connection& database, const LogTable& log, const MigrationStatus& migration) {
  return log.hold(database, migration.migration.tag) == migration.log->done;
}

/// Whether another run has got on with a migration that was not applied.
bool has_moved(Connection& database, const HistoryTable& history, const LogTable& log,
               const MigrationStatus& migration) {
  if (migration.state == MigrationState::half_applied)
    return !stands_still(database, log, migration);
  return history.has(database, migration.migration) ||
         (!migration.log && log.has(database, migration.migration.tag));
}

}  // namespace

Repair::Repair(Project& project, const RepairOptions& options) {
  on_database([&] {
    target_ = open_target(project, Purpose::correct);
    status_ = read_status(*target_.connection, target_.migrations, target_.history);
    decide(options);
  });
}

void Repair::decide(const RepairOptions& options) {
  for (const std::string& tag : options.accept) add(Correction::accept, tag);
  for (const std::string& tag : options.applied) add(Correction::applied, tag);
  for (const std::string& tag : options.not_applied) add(Correction::not_applied, tag);
  if (options.baseline)
    for (const MigrationStatus& one : status_.migrations)
      if (!one.row && one.state != MigrationState::half_applied)
        add(Correction::applied, one.migration.tag);
  if (options.forget)
    for (std::size_t at = 0; at < status_.missing.size(); ++at)
      plan_.push_back({Correction::forget, status_.missing[at].hash.substr(0, 12), at});
}

void Repair::add(Correction what, const std::string& tag) {
  auto found = std::ranges::find_if(
      status_.migrations, [&](const MigrationStatus& one) { return one.migration.tag == tag; });
  if (found == status_.migrations.end()) refuse(tag, status_);
  if (!fits(what, *found))
    throw Error(Fault::usage, fmt::format("{} is {}", tag, state_name(found->state)))
        .hint(what == Correction::accept ? "only an edited migration can be accepted"
                                         : "nothing to repair there; see `tidemark status`");
  plan_.push_back({what, tag, static_cast<std::size_t>(found - status_.migrations.begin())});
}

void Repair::correct(const Correcting& one, const HistoryTable& history, const LogTable& log) {
  Connection& database = *target_.connection;
  if (one.what == Correction::forget) {
    const HistoryRow& row = status_.missing[one.number];
    if (!history.remove(database, row)) changed_meanwhile();
    database.run(
        log.not_applied({row.name.empty() ? row.hash : row.name, row.hash, row.created_at}));
    return;
  }
  const MigrationStatus& it = status_.migrations[one.number];
  std::vector<Command> commands;
  if (one.what == Correction::accept) {
    if (!history.accept(database, *it.row, it.migration)) changed_meanwhile();
  } else if (one.what == Correction::not_applied) {
    if (it.row ? !history.remove(database, *it.row) : has_moved(database, history, log, it))
      changed_meanwhile();
    TakenBack back{.tag = it.migration.tag, .hash = it.migration.hash};
    if (it.row) back.hash = it.row->hash, back.when = it.row->created_at;
    commands = log.not_applied(back);
  } else {
    if (has_moved(database, history, log, it)) changed_meanwhile();
    if (it.log) commands = {log.forget(it.migration)};
    commands.push_back(log.said_applied(it.migration));
    commands.push_back(history.insert(it.migration));
  }
  database.run(commands);
}

void Repair::apply(const std::string& version) {
  if (plan_.empty()) return;
  Connection& database = *target_.connection;
  on_database([&] {
    HistoryTable history(database.engine(), target_.history);
    LogTable log(history, database.engine(), version);
    const Deadline deadline(std::chrono::seconds(10));
    MigrationLock lock(database, history, deadline, [](const Event&) {});
    history.create(database);
    log.create(database);
    database.execute(database.engine() == Engine::postgresql ? "BEGIN" : "BEGIN IMMEDIATE");
    try {
      for (const Correcting& one : plan_) correct(one, history, log);
      commit(database);
    } catch (...) {
      database.roll_back();
      throw;
    }
  });
}

}  // namespace tidemark
