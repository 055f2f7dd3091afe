#include "apply/executor.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/alone.h"
#include "apply/failure.h"
#include "apply/room.h"
#include "apply/statement_effect.h"
#include "base/crypto.h"
#include "base/interruption.h"

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

// A libSQL server ends a transaction that others wait for after five seconds.
constexpr Duration longest_open{6000};

// A value of an enum is used before the transaction that adds it is committed.
constexpr std::string_view unsafe_enum_value = "55P04";

Piece piece_of(const Pending& pending, std::size_t part) {
  const Script& script = pending.script;
  const std::optional<LogEntry>& log = pending.status.log;
  return {.script = &script,
          .part = script.parts[part],
          .claims = part == 0,
          .forgets = part == 0 && log && log->state == "applied",
          .finishes = part + 1 == script.parts.size(),
          .records = pending.records && pending.status.state != MigrationState::half_applied,
          .newest = pending.newest};
}

/// The first statement that does not run in the migration's first transaction.
std::size_t first_apart(const Script& script) {
  return std::min(script.parts[0].last, script.statements.size() - 1);
}

/// Behind a pooler a setting or a lock lives in a transaction or not at all.
std::vector<Command> opening(Connection& database, const HistoryTable& history,
                             const MigrateOptions& options) {
  if (!database.pooled()) return {};
  std::vector<Command> out = transaction_settings(database, options.lock_timeout);
  out.push_back({fmt::format("SELECT pg_catalog.pg_advisory_xact_lock({})", lock_key(history))});
  return out;
}

/// A statement of a migration that stopped half-way is not the one that was applied.
Error not_as_applied(const Script& script, std::size_t statement, std::string_view how) {
  const MigrationFile& file = *script.file;
  SourceRange place = statement < script.statements.size()
                          ? script.place(statement, 0)
                          : range_at(file.path.string(), file.sql, file.sql.size());
  return Error(Fault::failed,
               fmt::format("{} stopped half-way, and statement {}, which was applied, {}", file.tag,
                           statement + 1, how))
      .at(std::move(place))
      .hint("restore the statements that were applied; those after them may be changed");
}

}  // namespace

Executor::Executor(Connection& database, const HistoryTable& history, const LogTable& log,
                   const Deadline& deadline, const MigrateOptions& options, const EventSink& events)
    : database_(database),
      history_(history),
      log_(log),
      deadline_(deadline),
      options_(options),
      events_(events),
      keeper_(database, KeptTable(history, database.engine()), options.keep_rows),
      transaction_(database, history, log, keeper_, opening(database, history, options),
                   transaction_settings(database, options.lock_timeout), events),
      patiently_(database, deadline, events) {
  set_lock_timeout();
}

void Executor::set_lock_timeout() {
  if (database_.engine() == Engine::postgresql && !database_.pooled())
    database_.execute(fmt::format("SET lock_timeout = {}", options_.lock_timeout.count()));
}

std::optional<FittedScript> Executor::fitted(const Pending& pending) {
  std::optional<FittedScript> found;
  patiently_(pending.script.file->tag,
             [&] { found = with_constraints_as_indexes(database_, pending.script); });
  return found;
}

/// What only a look at the database tells about how a script has to be run.
void Executor::fit(Pending& pending) {
  // Of several parts, those that ran before are told by their numbers.
  if (pending.script.parts.size() > 1) return;
  std::optional<FittedScript> found = fitted(pending);
  if (!found) return;
  pending.script = std::move(found->script);
  for (Remark& remark : found->remarks) events_(std::move(remark));
}

/// How a script has to be run is seen when those before it have run, which here are not
/// committed by then.
void Executor::require_fitting(std::span<const Pending> all) {
  for (const Pending& one : all)
    if (fitted(one))
      throw Error(Fault::failed,
                  fmt::format("{} cannot run in a single transaction with others: it drops a "
                              "constraint by the name of an index",
                              one.script.file->tag))
          .hint("nothing was changed; run `tidemark migrate` without --single-transaction");
}

bool Executor::run_each(std::span<Pending> all) {
  while (!all.empty()) {
    const std::size_t count = in_one_request(all), before = applied_;
    if (!(count > 1 ? run_in_one_request(all.first(count)) : run(all.front()))) return false;
    all = all.subspan(applied_ - before);
  }
  return true;
}

/// How many of the first; at least one.
std::size_t Executor::in_one_request(std::span<const Pending> all) const {
  std::size_t count = 0, statements = 0;
  for (const Pending& one : all) {
    statements += one.script.statements.size();
    if (statements > options_.statements_in_request || !is_plain(one)) break;
    ++count;
  }
  return std::max<std::size_t>(count, 1);
}

/// Whether nothing has to be looked at before it runs, either.
bool Executor::is_plain(const Pending& pending) const {
  if (pending.status.state == MigrationState::half_applied) return false;
  if (!transaction_.fits_one_request(piece_of(pending, 0))) return false;
  return std::ranges::all_of(pending.script.statements, [&](const MigrationStatement& one) {
    return effect_of(one.sql, database_.engine()).destroyed.empty();
  });
}

/// A request takes its time however little there is to do.
bool Executor::run_in_one_request(std::span<const Pending> some) {
  if (interrupted()) throw was_interrupted(some.front().script, remains(Aftermath::rolled_back));
  std::vector<Piece> pieces;
  for (const Pending& one : some) pieces.push_back(piece_of(one, 0));
  left_ = pieces;
  halfway_ = false;
  auto committed = [&](Duration took) {
    finished(*left_.front().script, took);
    left_ = left_.subspan(1);
    begin_next();
  };
  begin_next();
  bool taken = false;
  while (!taken && !left_.empty())
    patiently_(left_.front().script->file->tag, [&] {
      try {
        transaction_.run_each(left_, committed);
      } catch (TransactionError& failure) {
        taken = failure.taken;
        if (!taken) settle_request(failure, committed);
      }
    });
  left_ = {};
  return !taken;
}

void Executor::begin_next() {
  if (left_.empty()) return;
  const Script& script = *left_.front().script;
  events_(MigrationStarted{script.file->tag, script.statements.size(), 0});
}

/// Of a request with a statement that the server cannot read nothing runs: then those before it
/// are left, and run.
void Executor::settle_request(TransactionError& failure,
                              const std::function<void(Duration)>& committed) {
  auto failed = std::ranges::find(left_, failure.script, &Piece::script);
  if (failed != left_.begin()) {
    left_ = left_.first(static_cast<std::size_t>(failed - left_.begin()));
    return;
  }
  for (; !left_.empty(); committed(Duration(0))) {
    failure.script = left_.front().script;
    if (!went_through(failure, left_.front().forgets)) explain(failure);
  }
}

bool Executor::run(Pending& pending) {
  const Script& script = pending.script;
  if (interrupted()) throw was_interrupted(script, remains(Aftermath::rolled_back));
  fit(pending);
  if (script.parts.size() > 1 && database_.pooled()) refuse_behind_pooler(script);
  Clock::time_point start = Clock::now();
  bool resumed = pending.status.state == MigrationState::half_applied;
  std::size_t done = resumed ? resume_at(pending) : 0;
  if (resumed) set_again(script, done);
  halfway_ = resumed;
  bool ended = resumed && settle_unfinished(script, done);
  if (!resumed) require_room(database_, script);
  plan_keeping(script);
  events_(MigrationStarted{script.file->tag, script.statements.size(), resumed ? done + 1 : 0});
  for (;;) {
    try {
      if (!run_parts(pending, done, ended)) return false;
      break;
    } catch (const TransactionError& failure) {
      cut_anew(pending.script, failure);
    }
  }
  halfway_ = false;
  finished(script, Clock::now() - start);
  return true;
}

/// From the statement after those that are done. Throws TransactionError where it uses an
/// enum value that is not committed.
bool Executor::run_parts(const Pending& pending, std::size_t& done, bool ended) {
  const Script& script = pending.script;
  for (std::size_t i = 0; i < script.parts.size(); ++i) {
    Piece piece = piece_of(pending, i);
    if (halfway_ && piece.part.last <= done && !piece.finishes) continue;
    piece.part.first = std::max(piece.part.first, done);
    piece.claims = piece.claims && !halfway_;
    bool ran = piece.part.alone ? run_alone(piece, ended && piece.part.first == done)
                                : run_together({&piece, 1});
    if (!ran) return false;
    halfway_ = true;
    done = piece.part.last;
    ended = false;
  }
  return true;
}

/// The words did not show that a value is used which the same transaction adds: in a
/// function, or spelt otherwise.
void Executor::cut_anew(Script& script, const TransactionError& failure) {
  if (!cut_after_enum_values(script)) explain(failure);
  if (database_.pooled()) refuse_behind_pooler(script);
}

/// Two runs could not be kept apart between the parts.
void Executor::refuse_behind_pooler(const Script& script) const {
  throw Error(Fault::failed,
              fmt::format("{} cannot run in one transaction, and a connection pooler "
                          "is between us and the server",
                          script.file->tag))
      .at(script.place(first_apart(script), 0))
      .hint("use the URL of the server itself (a direct or session connection) for migrations");
}

bool Executor::run_as_one(std::span<Pending> all) {
  if (all.size() == 1)
    fit(all[0]);
  else
    require_fitting(all);
  std::vector<Piece> pieces;
  for (const Pending& one : all) {
    if (one.script.parts.size() > 1 || one.status.state == MigrationState::half_applied)
      throw Error(Fault::failed, fmt::format("{} cannot run in a single transaction with others",
                                             one.script.file->tag))
          .at(one.script.place(first_apart(one.script), 0))
          .hint("run `tidemark migrate` without --single-transaction");
    pieces.push_back(piece_of(one, 0));
  }
  if (pieces.empty()) return true;
  Clock::time_point start = Clock::now();
  for (const Pending& one : all) {
    require_room(database_, one.script);
    plan_keeping(one.script);
  }
  for (const Pending& one : all)
    events_(MigrationStarted{one.script.file->tag, one.script.statements.size(), 0});
  try {
    if (!run_together(pieces)) return false;
  } catch (const TransactionError& failure) {
    refuse_as_one(failure);
  }
  for (const Pending& one : all) finished(one.script, Clock::now() - start);
  return true;
}

void Executor::refuse_as_one(const TransactionError& failure) const {
  if (failure.statement == TransactionError::none)
    throw run_failed(*failure.script, failure.error, {.aftermath = Aftermath::rolled_back},
                     failure.at_commit);
  throw Error(Fault::failed, fmt::format("{} cannot run in a single transaction with others: {}",
                                         failure.script->file->tag, server_words(failure.error)))
      .at(failure.script->place(failure.statement, 0))
      .hint("nothing was changed; run `tidemark migrate` without --single-transaction");
}

void Executor::finished(const Script& script, Duration took) {
  ++applied_;
  events_(MigrationDone{script.file->tag, script.statements.size(), took});
  bool sessions = database_.engine() == Engine::postgresql && !database_.pooled();
  if (!script.changes_settings || !sessions) return;
  database_.execute("RESET ALL");  // what one migration sets is not the next one's business
  notice_our_death(database_);
  set_lock_timeout();
}

/// What the statements before have set of the session, in which the others are to run.
void Executor::set_again(const Script& script, std::size_t done) {
  for (std::size_t i = 0; i < done; ++i)
    if (script.statements[i].handling == Handling::sets)
      database_.execute(script.statements[i].sql);
}

/// Says what is going to be lost before anything of it runs.
void Executor::plan_keeping(const Script& script) {
  patiently_(script.file->tag, [&] {
    for (Remark& remark : keeper_.plan(script)) events_(std::move(remark));
  });
}

/// How many statements an earlier run has finished. They must still be the same.
std::size_t Executor::resume_at(const Pending& pending) {
  const Script& script = pending.script;
  std::size_t done = pending.status.log->done, there = script.statements.size();
  if (done > there) throw not_as_applied(script, there, "is not in the file any more");
  for (const LoggedStatement& logged : log_.read_statements(database_, script.file->tag)) {
    if (!logged.finished || logged.number > done) continue;
    if (logged.hash == sha256(script.statements[logged.number - 1].sql)) continue;
    throw not_as_applied(script, logged.number - 1, "has been changed since");
  }
  return done;
}

bool Executor::run_together(std::span<const Piece> pieces) {
  const std::string& tag = pieces.front().script->file->tag;
  bool taken = false;
  patiently_(tag, [&] {
    try {
      transaction_.run(pieces);
    } catch (const TransactionError& failure) {
      taken = failure.taken;
      if (failure.error.code == unsafe_enum_value) throw;
      bool forgets = std::ranges::any_of(pieces, &Piece::forgets);
      if (!taken && !went_through(failure, forgets)) explain(failure);
    }
  });
  for (std::string& notice : database_.take_notices()) events_(Remark{tag, std::move(notice)});
  for (Remark& remark : keeper_.take_remarks()) events_(std::move(remark));
  if (!taken)
    for (const KeptRows& kept : keeper_.take_kept())
      events_(RowsKept{kept.tag, kept.text(), kept.rows});
  return !taken;
}

/// Whether a commit happened of which no answer came. A session over HTTP can be asked
/// again; one that is gone leaves it unknown. What is not there once the server has let
/// go of the transaction did not happen, and may be tried again. The log knows a
/// migration that it is to forget from before.
bool Executor::went_through(const TransactionError& failure, bool forgets) {
  if (!failure.while_committing || !failure.error.connection_lost) return false;
  const MigrationFile& file = *failure.script->file;
  auto is_there = [&] {
    return forgets ? history_.has(database_, file) : log_.has(database_, file.tag);
  };
  try {
    if (is_there()) return true;
    deadline_.sleep(longest_open);
    if (is_there()) return true;
    if (interrupted()) throw was_interrupted(*failure.script, remains(Aftermath::unknown));
  } catch (const DatabaseError&) {
    return false;
  }
  throw DatabaseError(failure.error.message, "SQLITE_BUSY");
}

Remains Executor::remains() const {
  return remains(halfway_ ? Aftermath::halfway : Aftermath::rolled_back);
}

Remains Executor::remains(Aftermath aftermath) const {
  const bool others = aftermath == Aftermath::unknown && !left_.empty();
  return {.aftermath = aftermath, .applied = applied_, .unknown = others ? left_.size() - 1 : 0};
}

/// Throws what the user is told; DatabaseError for what may pass.
void Executor::explain(const TransactionError& failure) {
  const DatabaseError& error = failure.error;
  const Script& script = *failure.script;
  if (interrupted()) throw was_interrupted(script, remains());
  if (is_passing(error)) {
    if (failure.statement != TransactionError::none)
      patiently_.stuck_in(script.statements[failure.statement].sql);
    throw error;
  }
  const bool unknown = error.connection_lost && failure.while_committing;
  const Remains left = unknown ? remains(Aftermath::unknown) : remains();
  record_failure(script.file->tag, error);
  if (failure.statement == TransactionError::none)
    throw run_failed(script, error, left, failure.at_commit);
  throw statement_failed(script, failure.statement, error, left);
}

bool Executor::run_alone(const Piece& piece, bool ended) {
  const Script& script = *piece.script;
  const std::string& tag = script.file->tag;
  std::size_t at = piece.part.first;
  const MigrationStatement& statement = script.statements[at];
  Clock::time_point start = Clock::now();
  std::optional<std::string> before;
  bool taken = false;
  auto attempt = [&] {
    if (before) {
      set_lock_timeout();
      clear_away(database_, *before);
    } else {
      before = indexes_before(database_, statement);
      taken = !begin_alone(tag, at + 1, statement, *before);
    }
    if (!taken) execute_alone(tag, statement);
  };
  if (!ended) patiently_alone(script, at, attempt);
  if (taken) return false;
  Duration took = Clock::now() - start;
  database_.run({{log_.end_alone(tag, at + 1, took.count())}});
  events_(StatementDone{tag, at + 1, script.statements.size(), statement.sql, took});
  return true;
}

/// Runs what belongs to a statement outside a transaction, and throws what the user is told;
/// DatabaseError for what may pass.
void Executor::explained(const Script& script, std::size_t statement,
                         const std::function<void()>& work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    if (interrupted()) throw was_interrupted(script, remains(Aftermath::halfway));
    if (is_passing(error)) throw;
    record_failure(script.file->tag, error);
    if (statement >= script.statements.size())
      throw run_failed(script, error, remains(Aftermath::halfway));
    throw statement_failed(script, statement, error, remains(Aftermath::halfway));
  }
}

/// Whether the statement that an earlier run stopped at has taken effect all the same. Else
/// what that run left is cleared away.
bool Executor::settle_unfinished(const Script& script, std::size_t at) {
  const std::string& tag = script.file->tag;
  bool ended = false;
  auto settle = [&] {
    for (const UnfinishedStatement& one : log_.read_unfinished(database_, tag)) {
      bool there = at < script.statements.size() && one.number == at + 1;
      const MigrationStatement* same = there ? &script.statements[at] : nullptr;
      if (same && one.hash != sha256(same->sql)) same = nullptr;
      ended = same && !one.refused && took_effect(database_, *same, one.before);
      if (ended) return;
      // Earlier versions did not note what was there.
      bool unknown = one.before.empty() && same;
      clear_away(database_, unknown ? indexes_before(database_, *same) : one.before);
    }
    database_.run({{log_.settle_unfinished(tag)}});
  };
  patiently_alone(script, at, settle);
  return ended;
}

/// False when another run is at it, which a database without session locks allows.
bool Executor::begin_alone(const std::string& tag, std::size_t number,
                           const MigrationStatement& statement, const std::string& before) {
  try {
    database_.run({{log_.begin_alone(tag, number, statement.sql, before)}});
    return true;
  } catch (const DatabaseError& error) {
    if (is_unique_violation(error)) return false;
    throw;
  }
}

/// A statement that waits for others to end is bounded by `--wait` alone: a try that is given up
/// has done its work for nothing.
void Executor::execute_alone(const std::string& tag, const MigrationStatement& statement) {
  bool waits = database_.engine() == Engine::postgresql && waits_harmlessly(statement);
  patiently_.foretell(tag, statement);
  if (waits) database_.execute(fmt::format("SET lock_timeout = {}", patiently_.left().count()));
  database_.execute(statement.sql);
  if (waits) set_lock_timeout();
}

/// Where the deadline ends outside a transaction, the migration stays half-applied.
void Executor::patiently_alone(const Script& script, std::size_t statement,
                               const std::function<void()>& work) {
  try {
    patiently_(script.file->tag, [&] { explained(script, statement, work); });
  } catch (const Error& error) {
    if (error.fault() != Fault::locked || statement >= script.statements.size()) throw;
    throw Error(Fault::halfway, error.what())
        .at(script.place(statement, 0))
        .hint(
            "run `tidemark migrate` again when the database is less busy, or give it longer with "
            "`--wait`: it resumes here");
  }
}

/// Kept for `status`, where a part of the migration stays applied.
void Executor::record_failure(const std::string& tag, const DatabaseError& error) {
  if (!halfway_ || error.connection_lost) return;
  try {
    set_lock_timeout();
    database_.run({{log_.fail(tag, error.message)}});
  } catch (const DatabaseError&) {  // the first error is the one to tell
  }
}

}  // namespace tidemark
