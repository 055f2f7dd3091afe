#include "apply/migrate.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/executor.h"
#include "apply/failure.h"
#include "apply/kept_journal.h"
#include "apply/late.h"
#include "apply/lock.h"
#include "apply/match.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

/// The number of migrations up to and with this tag; all of them for no tag.
std::size_t up_to(std::span<const MigrationFile> files, const std::string& tag) {
  if (tag.empty()) return files.size();
  auto last = std::ranges::find(files, tag, &MigrationFile::tag);
  if (last != files.end()) return static_cast<std::size_t>(last - files.begin()) + 1;
  std::vector<std::string> tags;
  for (const MigrationFile& file : files) tags.push_back(file.tag);
  std::string near = did_you_mean(tag, tags);
  throw Error(Fault::usage, fmt::format("there is no migration {}", tag))
      .hint(near.empty() ? "`tidemark status` lists them" : fmt::format("did you mean {}?", near));
}

constexpr int most_tries = 5;

/// What is created only where it is not there can be asked for again when no answer came,
/// by a session that outlives a connection: `tries` are left.
bool may_ask_again(const Connection& database, const DatabaseError& error, int& tries) {
  return error.connection_lost && database.engine() == Engine::turso && --tries > 0;
}

void make_tables(Connection& database, HistoryTable& history, const LogTable& log, int& tries) {
  try {
    history.create(database);
    log.create(database);
  } catch (DatabaseError& error) {
    bool raced = error.code == "23505" || error.code == "42P07" || error.code == "42P06";
    if (raced) error.code = "40001";  // another run made it at the same time: look again
    if (may_ask_again(database, error, tries)) error.code = "SQLITE_BUSY";
    if (is_passing(error) || error.connection_lost) throw;
    throw tables_not_made(error);
  }
}

/// What more than so many do to the catalog is not recorded one by one: they set a database
/// up, and looking at it after each would take longer than they do.
constexpr std::size_t recorded = 20;

/// What is pending among the first `count`, ready to run. Nothing runs unless all
/// of it can be read.
std::vector<Pending> prepare(const Status& status, std::size_t count, Engine engine) {
  std::vector<Pending> out;
  for (const MigrationStatus& one : std::span(status.migrations).first(count))
    if (one.to_apply()) out.push_back({.status = one});
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].script = make_script(out[i].status.migration, engine);
    out[i].newest = i + 1 == out.size();
    out[i].records = out[i].newest || out.size() <= recorded;
  }
  return out;
}

bool run(Executor& executor, std::span<Pending> pending, bool as_one) {
  return as_one ? executor.run_as_one(pending) : executor.run_each(pending);
}

/// Another run has been faster again and again, and did not get on either.
Error others_in_the_way(const std::string& tag) {
  return Error(Fault::locked, fmt::format("{} could not run: other runs are at it", tag))
      .hint("look at `tidemark status`, and run it again when they are done");
}

std::size_t migrate_unguarded(Connection& database, std::span<const MigrationFile> files,
                              const MigrateOptions& options, const EventSink& events,
                              std::size_t& edited) {
  std::size_t count = up_to(files, options.to);
  Deadline deadline(options.wait);
  HistoryTable history(database.engine(), options.history);
  LogTable log(history, database.engine(), options.version);
  Patience patiently(database, deadline, events);
  Status status;
  auto look = [&] {
    patiently("the history", [&] { status = look_at_history(database, files, options.history); });
  };
  look();
  edited = status.count(MigrationState::edited);
  require_allowed(status, options);
  require_decided(status, history);
  for (Remark& remark : remarks_on(status)) events(std::move(remark));
  std::vector<Pending> pending = prepare(status, count, database.engine());
  if (pending.empty() && status.has_history) return 0;

  MigrationLock lock(database, history, deadline, events);
  int tries = most_tries;
  patiently("the history", [&] { make_tables(database, history, log, tries); });
  KeptJournal journal(database, pending.size());
  Executor executor(database, history, log, deadline, options, events);
  for (std::size_t left = files.size() + 1;; left = pending.size()) {
    look();
    require_allowed(status, options);
    require_decided(status, history);
    pending = prepare(status, count, database.engine());
    if (pending.size() >= left && deadline.over())
      throw others_in_the_way(pending.front().status.migration.tag);
    events(RunStarted{pending.size()});
    if (run(executor, pending, options.single_transaction)) return executor.applied();
    deadline.sleep(Duration(20));  // another run was faster: see what is left
  }
}

}  // namespace

std::vector<Remark> remarks_on(const Status& status) {
  std::vector<Remark> out;
  for (const MigrationStatus& one : status.migrations) {
    if (one.state == MigrationState::edited)
      out.push_back({one.migration.tag, "the file was changed after it was applied",
                     std::string(edited_hint())});
    if (one.state == MigrationState::late)
      out.push_back({one.migration.tag, "it is older than what is applied already; it runs now"});
  }
  for (const HistoryRow& row : status.missing)
    out.push_back({row.name,
                   fmt::format("a migration was applied whose file is not in the folder (hash {}…)",
                               row.hash.substr(0, 12)),
                   std::string(missing_hint())});
  return out;
}

void require_allowed(const Status& status, const MigrateOptions& options) {
  auto refuse = [&](MigrationState state, const char* one_is, const char* many_are,
                    std::string hint) {
    std::vector<std::string> tags;
    for (const MigrationStatus& one : status.migrations)
      if (one.state == state) tags.push_back(one.migration.tag);
    if (tags.empty()) return;
    throw Error(Fault::answer_needed,
                fmt::format("{} {}, and `{}` is refused; nothing was run", join(tags, ", "),
                            tags.size() == 1 ? one_is : many_are, state_name(state)))
        .hint(std::move(hint));
  };
  if (options.refuses_edited)
    refuse(MigrationState::edited, "changed after it was applied",
           "changed after they were applied",
           fmt::format("{}; `--edited warn` goes on all the same", edited_hint()));
  if (options.refuses_late)
    refuse(MigrationState::late, "is older than what is applied already",
           "are older than what is applied already", std::string(late_hint()));
}

std::size_t migrate(Connection& database, std::span<const MigrationFile> migrations,
                    const MigrateOptions& options, const EventSink& events) {
  Clock::time_point start = Clock::now();
  try {
    std::size_t edited = 0;
    std::size_t applied = migrate_unguarded(database, migrations, options, events, edited);
    events(RunFinished{applied, edited, Clock::now() - start});
    return applied;
  } catch (const DatabaseError& error) {  // not while a migration ran: those are explained
    throw Error(Fault::failed,
                fmt::format("the database refused: {} [{}]", error.message, error.code))
        .hint(error.connection_lost ? "check the server, then run `tidemark migrate` again"
                                    : "check what this user may do in the database");
  }
}

}  // namespace tidemark
