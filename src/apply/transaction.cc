#include "apply/transaction.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "apply/altered_columns.h"
#include "apply/patience.h"
#include "base/text.h"
#include "folder/folder.h"

namespace tidemark {
namespace {

/// How many objects a run may look at for the sake of others than its newest migration:
/// some 30 ms. A number, so that the same run always records the same.
constexpr std::size_t affordable{10000};

/// The statement to blame for what a rebuild left behind: the last DROP TABLE.
std::size_t last_rebuild(const Script& script) {
  for (std::size_t i = script.statements.size(); i-- > 0;)
    if (lower(script.statements[i].sql.substr(0, 4)) == "drop") return i;
  return script.statements.size() - 1;
}

bool has_named(const Catalog& schema, const std::string& name) {
  auto is_it = [&](const auto& it) { return lower(it.name.text()) == name; };
  return std::ranges::any_of(schema.tables, [&](const Table& table) {
    return std::ranges::any_of(table.indexes, is_it) || std::ranges::any_of(table.uniques, is_it) ||
           std::ranges::any_of(table.checks, is_it);
  });
}

bool has_foreign_key(const Table& table, const std::vector<std::string>& columns) {
  return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::equal(key.columns, columns, {},
                              [](const Name& name) { return lower(name.text()); });
  });
}

/// Whether the type of a column says it, as custom types do.
bool is_in_type(const Table& table, const UnnamedObject& it) {
  return std::ranges::any_of(table.columns, [&](const Column& column) {
    return lower(column.name.text()) == it.columns.at(0) &&
           lower(column.type.text).find(it.clause) != std::string::npos;
  });
}

bool has(const Table& table, const UnnamedObject& it) {
  if (!it.clause.empty()) return is_in_type(table, it);
  if (!it.columns.empty()) return has_foreign_key(table, it.columns);
  return std::ranges::any_of(table.columns, &Column::autoincrement);
}

/// What the schema before a migration has and the migration does not make again is to go:
/// its author dropped it.
Unwanted known_before(Engine engine) {
  // Read once for all that the tables of a migration have.
  return [engine, read_for = std::string(), schema = std::optional<Catalog>()](
             const Script& script, const UnnamedObject& it) mutable -> std::optional<bool> {
    if (read_for != script.file->tag) {
      schema = schema_before(*script.file, engine);
      read_for = script.file->tag;
    }
    if (!schema) return std::nullopt;
    if (!it.name.empty()) return has_named(*schema, it.name);
    for (const Table& table : schema->tables)
      if (lower(table.path.name.text()) == it.table) return has(table, it);
    return std::nullopt;
  };
}

/// A connection that tells how far it is, for as long as this lives.
class Watching {
 public:
  Watching(Connection& database, std::function<void(std::uint64_t)> look) : database_(database) {
    database_.while_running(std::move(look));
  }
  ~Watching() { database_.while_running(nullptr); }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

 private:
  Connection& database_;
};

}  // namespace

void Transaction::run(std::span<const Piece> pieces) {
  if (pieces.size() == 1 && fits_one_request(pieces.front()))
    return run_each(pieces, [](Duration) {});
  start();
  try {
    run_in_steps(pieces);
  } catch (TransactionError& failure) {
    failure.taken = failure.taken || (!failure.error.connection_lost && is_taken(pieces));
    throw;
  } catch (const DatabaseError& error) {  // of a query between the batches
    throw TransactionError{.error = error, .script = pieces.front().script};
  }
}

void Transaction::start() {
  commands_.clear();
  steps_.clear();
  looks_.clear();
  views_.take_remarks();
  committing_ = false;
  committed_ = [](Duration) {};
  piece_took_ = {};
  keeper_.take_kept();
}

bool Transaction::fits_one_request(const Piece& piece) const {
  if (database_.engine() != Engine::turso) return false;
  const Script& script = *piece.script;
  if (!piece.whole() || alters_columns(script.statements)) return false;
  if (script.rebuilds_tables || script.remakes_views) return false;
  for (std::size_t i = 0; i < script.statements.size(); ++i)
    if (keeper_.is_due(script, i)) return false;
  return true;
}

/// The server runs each command only if the one before it went well, and rolls back when the
/// last COMMIT did not.
void Transaction::run_each(std::span<const Piece> pieces,
                           const std::function<void(Duration)>& committed) {
  start();
  image_.reset();
  finished_.clear();
  started_.clear();
  committed_ = committed;
  for (const Piece& piece : pieces) add_whole(piece);
  committing_ = true;
  try {
    flush();
  } catch (TransactionError& failure) {
    auto failed = std::ranges::find(pieces, failure.script, &Piece::script);
    failure.taken = failure.taken || (!failure.error.connection_lost && is_taken({&*failed, 1}));
    throw;
  }
}

/// What would be looked at and judged here, the server does by itself.
void Transaction::add_whole(const Piece& piece) {
  const Script& script = *piece.script;
  const MigrationFile& file = *script.file;
  add({"BEGIN IMMEDIATE"}, &script);
  add(history_.refuse(file), &script, refusal);
  if (piece.forgets) add(log_.forget(file), &script);
  add(log_.claim(file, script.statements.size()), &script, claim);
  if (piece.records) add(log_.keep_catalog(file.tag), &script);
  for (std::size_t i = piece.part.first; i < piece.part.last; ++i) {
    const MigrationStatement& statement = script.statements[i];
    if (is_ours(statement.handling)) continue;
    add({.sql = statement.sql, .timed = true}, &script, i);
    add(log_.ran(file.tag, i + 1, statement.sql), &script);
  }
  add(history_.insert(file), &script);
  if (piece.records) add(log_.record_catalog_since(file.tag), &script);
  add(log_.finish(file.tag, script.statements.size()), &script);
  add({"COMMIT"}, &script, commit);
}

void Transaction::run_in_steps(std::span<const Piece> pieces) {
  RebuildGuard::Plan plan{.unwanted = known_before(database_.engine())};
  for (const Piece& one : pieces) {
    plan.rebuilds |= one.script->rebuilds_tables;
    plan.remakes |= one.script->remakes_views;
    plan.alters |=
        database_.engine() != Engine::postgresql && alters_columns(one.script->statements);
  }
  RebuildGuard guard(database_, std::move(plan));
  try {
    begin(pieces);
    if (guard.active()) {
      flush();
      guard.begin();
    }
    for (const Piece& one : pieces) {
      piece(one, guard);
      if (&one != &pieces.back()) forget_settings(one);
    }
    add({"COMMIT"}, pieces.back().script, commit);
    committing_ = true;
    flush();
    for (const Remark& remark : guard.take_remarks()) events_(remark);
    for (const Remark& remark : views_.take_remarks()) events_(remark);
  } catch (...) {
    if (pieces.front().claims) image_.reset();
    roll_back();
    throw;
  }
}

/// Whether a failure was only the collision with another run, which has committed
/// a migration that was free when this run looked: a table that exists already.
bool Transaction::is_taken(std::span<const Piece> pieces) {
  return std::ranges::any_of(pieces, [this](const Piece& piece) {
    return piece.claims && !piece.forgets && log_.has(database_, piece.script->file->tag);
  });
}

void Transaction::begin(std::span<const Piece> pieces) {
  piece_started_ = Clock::now();
  if (database_.engine() != Engine::postgresql) return begin_looking(pieces.front());
  add({"BEGIN"}, pieces.front().script);
  for (const Command& command : opening_) add(command, pieces.front().script);
}

/// Waits for others; what comes after counts as ours. Whether the first migration is
/// still free is asked in the same round trip.
void Transaction::begin_looking(const Piece& first) {
  const MigrationFile& file = *first.script->file;
  std::array<Command, 3> commands{Command{"BEGIN IMMEDIATE"}, log_.look_for(file.tag),
                                  history_.look_for(file)};
  looks_ = database_.query_all(commands);
}

void Transaction::piece(const Piece& piece, RebuildGuard& guard) {
  finished_.clear();
  started_.clear();
  open(piece);
  look_before(piece);
  const bool views = KeptViews::concern(*piece.script, database_.engine());
  if (views && piece.claims) views_.reset();
  run_statements(piece, guard);
  if (views && piece.finishes) views_.put_back();
  try {
    guard.end();
  } catch (const DatabaseError& error) {
    throw TransactionError{
        .error = error, .script = piece.script, .statement = last_rebuild(*piece.script)};
  }
  close(piece);
}

void Transaction::open(const Piece& piece) {
  const Script& script = *piece.script;
  if (is_taken_now(piece))
    throw TransactionError{
        .error = DatabaseError("another run has this migration"), .script = &script, .taken = true};
  if (piece.forgets) add(log_.forget(*script.file), &script);
  if (piece.claims && !piece.finishes)
    add(log_.claim(*script.file, script.statements.size()), &script, claim);
}

/// Looks inside the transaction, where the log's unique row alone would not do.
bool Transaction::is_taken_now(const Piece& piece) {
  const MigrationFile& file = *piece.script->file;
  bool locked = database_.engine() == Engine::postgresql && !database_.pooled();
  if (piece.claims && !piece.forgets && locked) return false;  // the session's lock is enough
  flush();
  std::vector<Rows> looks = std::exchange(looks_, {});
  if (!piece.claims) return log_.hold(database_, file.tag) != piece.part.first;
  std::array<Command, 2> commands{log_.look_for(file.tag), history_.look_for(file)};
  if (looks.empty()) looks = database_.query_all(commands);
  bool recorded = !looks.back().rows.empty(), logged = !looks[looks.size() - 2].rows.empty();
  // Another run may have forgotten it, and run it again, already.
  if (piece.forgets) return recorded;
  return logged || recorded;  // the peer's migrator writes no log
}

void Transaction::run_statements(const Piece& piece, RebuildGuard& guard) {
  for (std::size_t i = piece.part.first; i < piece.part.last; ++i) {
    if (is_ours(piece.script->statements[i].handling)) continue;
    try {
      run_statement(*piece.script, i, guard);
    } catch (const DatabaseError& error) {
      throw TransactionError{.error = error, .script = piece.script, .statement = i};
    }
  }
  flush();
  check_columns(piece);
}

void Transaction::check_columns(const Piece& piece) {
  std::span<const MigrationStatement> all(piece.script->statements);
  try {
    check_altered_columns(database_,
                          all.subspan(piece.part.first, piece.part.last - piece.part.first));
  } catch (const DatabaseError& error) {
    throw TransactionError{
        .error = error, .script = piece.script, .statement = piece.part.first + error.index};
  }
}

void Transaction::run_statement(const Script& script, std::size_t index, RebuildGuard& guard) {
  const bool views = KeptViews::concern(script, database_.engine());
  if (views) {
    flush();
    views_.before(script, index);
  }
  run_and_keep(script, index, guard);
  if (!views) return;
  flush();
  views_.after(script, index);
}

void Transaction::run_and_keep(const Script& script, std::size_t index, RebuildGuard& guard) {
  const MigrationStatement& statement = script.statements[index];
  if (keeper_.has_to_see(statement)) return run_and_see(script, index);
  bool keeps = keeper_.is_due(script, index);
  if (keeps) {
    flush();
    keeper_.before(script, index);
  }
  std::string sql =
      guard.active() ? with_column_altered(database_, guard.before(script, index)) : statement.sql;
  add({.sql = std::move(sql), .timed = true}, &script, index);
  if (!keeps && !guard.active()) return;
  flush();
  if (keeps) keeper_.after();
  if (guard.active()) guard.after(script, index);
}

/// What a statement drops that its words do not name is only known once it has run: then it is
/// taken back, that is kept, and it runs again.
void Transaction::run_and_see(const Script& script, std::size_t index) {
  flush();
  tell_notices(script);
  const ColumnsByNumber before = keeper_.columns();
  add({"SAVEPOINT tidemark_look"}, &script);
  add({.sql = script.statements[index].sql, .timed = true}, &script, index);
  flush();
  const ColumnsByNumber after = keeper_.columns();
  auto is_gone = [&](const auto& column) { return !after.contains(column.first); };
  if (std::ranges::any_of(before, is_gone)) {
    database_.execute("ROLLBACK TO SAVEPOINT tidemark_look");
    database_.take_notices();  // it says them again
    keeper_.keep_gone(script.file->tag, before, after);
    database_.execute(script.statements[index].sql);
  }
  add({"RELEASE SAVEPOINT tidemark_look"}, &script);
}

void Transaction::tell_notices(const Script& script) {
  for (std::string& notice : database_.take_notices())
    events_(Remark{script.file->tag, std::move(notice)});
}

/// What one migration sets is not the next one's business.
void Transaction::forget_settings(const Piece& piece) {
  if (!piece.script->changes_settings || database_.engine() != Engine::postgresql) return;
  add({"RESET ALL"}, piece.script);
  for (const Command& command : settings_) add(command, piece.script);
}

void Transaction::close(const Piece& piece) {
  const Script& script = *piece.script;
  const MigrationFile& file = *script.file;
  Clock::time_point now = Clock::now();
  for (std::size_t i = 0; i < finished_.size(); ++i)
    finished_[i].ago_ms = Duration(now - started_[i]).count();
  double took = Duration(now - piece_started_).count();
  piece_started_ = now;
  std::vector<Command> rows =
      piece.whole() ? log_.applied(file, took, finished_) : log_.record(file, finished_);
  for (Command& row : rows) add(std::move(row), &script, claim);
  if (!piece.finishes) return add(log_.progress(file.tag, piece.part.last), &script);
  if (!piece.whole()) add(log_.finish(file.tag, script.statements.size(), took), &script);
  add(history_.insert(file), &script);
  record_changes(piece);
}

/// Where this run has just looked, only it has changed anything since.
void Transaction::look_before(const Piece& piece) {
  bool records = piece.records && (piece.newest || looked_ < affordable);
  if (!records && piece.claims) image_.reset();
  if (!records || !piece.claims || image_) return;
  flush();
  image_ = look();
}

CatalogImage Transaction::look() {
  CatalogImage image = read_recorded(database_, history_.path());
  looked_ += image.size();
  return image;
}

void Transaction::record_changes(const Piece& piece) {
  if (!piece.records || !image_) return;
  CatalogImage now = look();
  std::string changes = changes_text(database_.engine(), changes_between(*image_, now));
  image_ = std::move(now);
  add(log_.record_catalog(piece.script->file->tag, changes), piece.script);
}

void Transaction::add(Command command, const Script* script, std::size_t statement) {
  commands_.push_back(std::move(command));
  steps_.push_back({script, statement});
}

void Transaction::flush() {
  if (commands_.empty()) return;
  std::vector<Command> commands = std::exchange(commands_, {});
  last_ = Clock::now();
  std::size_t running = 0;
  Watching watching(database_, [&](std::uint64_t written) { tell_running(running, written); });
  try {
    database_.run(commands, [&](std::size_t index) {
      done(index);
      running = index + 1;
    });
  } catch (const DatabaseError& error) {
    fail(error);
  }
  steps_.clear();
}

void Transaction::tell_running(std::size_t index, std::uint64_t written) {
  const Step& step = steps_[std::min(index, steps_.size() - 1)];
  if (step.is_ours()) return;
  events_(StatementRunning{.tag = step.script->file->tag,
                           .number = step.statement + 1,
                           .of = step.script->statements.size(),
                           .running = Clock::now() - last_,
                           .written = written});
}

void Transaction::done(std::size_t index) {
  const Step& step = steps_[index];
  const std::optional<double> told = database_.took_ms();
  if (told) piece_took_ += Duration(*told);
  if (step.statement == commit) committed_(std::exchange(piece_took_, Duration(0)));
  if (step.is_ours()) return;
  Clock::time_point start = std::exchange(last_, Clock::now());
  const MigrationStatement& statement = step.script->statements[step.statement];
  Duration took = told ? Duration(*told) : last_ - start;
  finished_.push_back({step.statement + 1, &statement.sql, 0, took.count()});
  started_.push_back(start);
  const std::string& tag = step.script->file->tag;
  events_(
      StatementDone{tag, step.statement + 1, step.script->statements.size(), statement.sql, took});
}

void Transaction::fail(const DatabaseError& error) {
  const Step& step = steps_[std::min(error.index, steps_.size() - 1)];
  bool taken = (step.statement == claim && is_unique_violation(error)) ||
               (step.statement == refusal && error.message == HistoryTable::refusal);
  std::size_t statement = step.is_ours() ? TransactionError::none : step.statement;
  throw TransactionError{.error = error,
                         .script = step.script,
                         .statement = statement,
                         .taken = taken,
                         .while_committing = committing_,
                         .at_commit = step.statement == commit};
}

void Transaction::roll_back() {
  try {
    database_.execute("ROLLBACK");
  } catch (const DatabaseError&) {  // the server has done it already, or is gone
  }
}

}  // namespace tidemark
