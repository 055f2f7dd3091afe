#include "apply/rollback.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/alone.h"
#include "apply/altered_columns.h"
#include "apply/failure.h"
#include "apply/kept_views.h"
#include "apply/lock.h"
#include "apply/log_table.h"
#include "apply/patience.h"
#include "apply/rebuild_guard.h"
#include "apply/restorer.h"
#include "apply/script_run.h"
#include "base/interruption.h"
#include "base/text.h"
#include "catalog/names.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

/// One migration on its way back.
class Return : ScriptRun {
 public:
  Return(Connection& database, const WayBack& way, const RollbackOptions& options,
         HistoryTable& history, const LogTable& log, std::size_t done, const EventSink& events)
      : ScriptRun(database, options.lock_timeout, events),
        way_(way),
        history_(history),
        log_(log),
        done_(done),
        kept_(history, database.engine()),
        restorer_(database, kept_, way.tag),
        script_(make_script(way.file, database.engine())) {}

  void run(Patience& patiently) {
    if (interrupted()) throw Error(Fault::interrupted, "interrupted: " + what_is_left());
    Clock::time_point start = Clock::now();
    events_(MigrationStarted{way_.tag, script_.statements.size(), 0});
    for (const Part& part : script_.parts) {
      patiently(way_.tag, [&] { part.alone ? alone(part.first, patiently) : transaction(part); });
      committed_ = part.last;
    }
    for (std::string& notice : database_.take_notices())
      events_(Remark{way_.tag, std::move(notice)});
    if (script_.changes_settings && postgres() && !database_.pooled()) {
      database_.execute("RESET ALL");
      notice_our_death(database_);
    }
    tell_what_came_back();
    events_(RolledBack{way_.tag, script_.statements.size(), Clock::now() - start});
  }

 private:
  void transaction(const Part& part) {
    at_ = part.first;
    ours_ = true;
    committing_ = false;
    try {
      views_.take_remarks();  // of a try that was given up
      if (part.first == 0) views_.reset();
      RebuildGuard guard(database_, {.rebuilds = !postgres(), .unwanted = unwanted()});
      try {
        begin_alone();
        if (part.first == 0) open();
        guard.begin();
        statements(part, guard);
        ours_ = true;
        guard.end();
        if (part.last == script_.statements.size()) views_.put_back();
        if (part.last == script_.statements.size()) close();
        committing_ = true;
        database_.execute("COMMIT");
        for (const Remark& remark : guard.take_remarks()) events_(remark);
        for (const Remark& remark : views_.take_remarks()) events_(remark);
      } catch (...) {
        roll_back();
        throw;
      }
    } catch (const DatabaseError& error) {
      fail(error);
    }
  }

  /// What is not there afterwards, by what the way back is proved with.
  Unwanted unwanted() const {
    if (postgres() || !way_.check) return {};
    return [this](const Script&, const UnnamedObject& it) -> std::optional<bool> {
      std::optional<CatalogImage> goal = way_.check->goal();
      if (!goal) return it.clause.empty();
      return std::ranges::none_of(
          *goal, [&](const auto& object) { return is_in(lower(object.first), it); });
    };
  }

  /// Whether an object of an image is it, or has it.
  static bool is_in(std::string_view object, const UnnamedObject& it) {
    const std::string table = "table " + it.table + ": ";
    auto says = [&](std::string_view word) {
      return object.find(fmt::format(" {}", word)) != std::string_view::npos;
    };
    if (!it.name.empty())
      return object == "index " + it.name ||
             object.starts_with(table + "constraint " + it.name + " ");
    if (it.clause == "collate" || it.clause == "check")
      return object.starts_with(table + it.columns.at(0) + " ") && says(it.clause + " ");
    if (!it.columns.empty())
      return object.starts_with(table + "foreign key ( " + join(it.columns, " , ") + " ) ");
    return object.starts_with(table) && says("autoincrement");
  }

  void begin_alone() {
    begin();
    if (postgres() && database_.pooled())
      database_.execute(
          fmt::format("SELECT pg_catalog.pg_advisory_xact_lock({})", lock_key(history_)));
  }

  void open() {
    way_.row ? require_newest() : require_as_far();
    if (way_.check) way_.check->before(database_);
    restorer_.open();
  }

  /// The plan was made some time ago, maybe while somebody thought about it.
  void require_newest() {
    std::vector<HistoryRow> rows = history_.read(database_).value_or(std::vector<HistoryRow>{});
    bool there = std::ranges::find(rows, way_.row->id, &HistoryRow::id) != rows.end();
    bool newer =
        std::ranges::any_of(rows, [&](const HistoryRow& row) { return row.id > way_.row->id; });
    if (there && !newer) return;
    throw Error(Fault::failed, fmt::format("{} {}; nothing of it was changed", way_.tag,
                                           there ? "is not the newest that is applied any more"
                                                 : "has been taken back by another run"))
        .hint("run `tidemark rollback` again: it looks anew");
  }

  void require_as_far() {
    if (log_.hold(database_, way_.tag) == way_.done) return;
    throw Error(Fault::failed,
                fmt::format("{} does not stand where it stood any more: another run went on with "
                            "it; nothing was changed",
                            way_.tag))
        .hint("look at `tidemark status`");
  }

  void statements(const Part& part, RebuildGuard& guard) {
    const bool views = KeptViews::concern(script_, database_.engine());
    ours_ = false;
    for (at_ = part.first; at_ < part.last; ++at_) {
      const MigrationStatement& statement = script_.statements[at_];
      if (is_ours(statement.handling)) continue;
      Clock::time_point start = Clock::now();
      MigrationStatement as_run = statement;
      if (guard.active())
        as_run.sql = with_column_altered(
            database_,
            in_recorded_words(guard.before(script_, at_), script_.statements, way_.definitions));
      if (views) views_.before(script_, at_);
      restorer_.run(as_run);
      if (views) views_.after(script_, at_);
      if (guard.active()) guard.after(script_, at_);
      tell(way_.tag, script_, at_, start);
    }
    check_columns(script_, part);
    at_ = part.last == part.first ? part.first : part.last - 1;
  }

  void close() {
    restorer_.close();
    repairs_.clear();
    if (way_.check) repairs_ = way_.check->after(database_);
    if (way_.row && !history_.remove(database_, *way_.row))
      throw DatabaseError("another run has taken it back");
    TakenBack it{.tag = way_.tag};
    if (way_.row) it.hash = way_.row->hash, it.when = way_.row->created_at;
    database_.run(log_.rolled_back(it));
  }

  void alone(std::size_t statement, Patience& patiently) {
    at_ = statement;
    ours_ = committing_ = false;
    const MigrationStatement& it = script_.statements[statement];
    Clock::time_point start = Clock::now();
    try {
      patiently.foretell(way_.tag, it);
      limit_waiting(it, patiently.left());
      if (before_.first != statement || before_.second.empty())
        before_ = {statement, indexes_before(database_, it)};
      clear_away(database_, before_.second);
      if (!is_done(database_, it)) database_.execute(it.sql);
    } catch (const DatabaseError& error) {
      fail(error);
    }
    tell(way_.tag, script_, at_, start);
  }

  void tell_what_came_back() {
    for (const std::string& sql : repairs_)
      events_(Remark{way_.tag, "and, by what was recorded: " + sql});
    for (const KeptRows& one : restorer_.put_back())
      events_(PutBack{way_.tag, one.text(), one.rows});
    for (const KeptRows& one : restorer_.left())
      events_(Remark{way_.tag, fmt::format("{} could not be put back, and stay kept in {}",
                                           one.text(), plain_name(kept_.path(one)))});
  }

  /// Throws DatabaseError for what may pass.
  [[noreturn]] void fail(const DatabaseError& error) const {
    if (interrupted()) throw Error(Fault::interrupted, "interrupted: " + what_is_left());
    if (is_passing(error)) throw error;
    if (error.connection_lost && committing_)
      throw Error(Fault::failed, fmt::format("{}: {}\n  whether {} was taken back is not known",
                                             way_.tag, server_words(error), way_.tag))
          .hint("`tidemark status` tells");
    Fault fault = committed_ > 0 ? Fault::halfway : Fault::failed;
    bool statement = !ours_ && at_ < script_.statements.size();
    std::string where = statement ? fmt::format("the way back of {}, statement {} of {}", way_.tag,
                                                at_ + 1, script_.statements.size())
                                  : fmt::format("{} could not be taken back", way_.tag);
    Error told(fault, fmt::format("{}: {}\n  {}", where, server_words(error), what_is_left()));
    if (statement && way_.derived) told = std::move(told).running(script_.statements[at_].sql);
    if (statement && !way_.derived) told = std::move(told).at(place(error));
    throw std::move(told).hint(what_to_do(error));
  }

  SourceRange place(const DatabaseError& error) const {
    return script_.place(at_, error.position > 0 ? error.position - 1 : 0);
  }

  std::string what_to_do(const DatabaseError& error) const {
    if (error.connection_lost) return "check the server, then run `tidemark rollback` again";
    if (error.code == "SQLITE_CONSTRAINT_FOREIGNKEY" && !restorer_.put_back().empty())
      return "insert the rows again that kept ones refer to, or let go of all that is kept with "
             "`tidemark purge 0`, then run `tidemark rollback` again";
    if (error.message.starts_with("Cannot add a NOT NULL column"))
      return "the table has rows: give the column a default in the way back, or delete them, then "
             "run `tidemark rollback` again";
    if (std::string_view first = obstacle(error); !first.empty())
      return fmt::format("{}, then run `tidemark rollback` again", first);
    if (committed_ > 0)
      return fmt::format(
          "write into {} only what is still to do, then run `tidemark rollback` "
          "again",
          way_.file.path.string());
    if (way_.derived)
      return fmt::format("write the way back into {}, then run `tidemark rollback` again",
                         way_.file.path.string());
    return "correct the way back or the rows, then run `tidemark rollback` again";
  }

  std::string what_is_left() const {
    std::string_view state = way_.row ? "applied" : "half-applied";
    std::string before;
    if (done_ > 0)
      before = fmt::format("; {} after it {} taken back", counted(done_, "migration"),
                           done_ == 1 ? "was" : "were");
    if (committed_ == 0)
      return fmt::format("everything of {} was rolled back; it is still {}{}", way_.tag, state,
                         before);
    return fmt::format("statements 1 to {} took effect and stay; {} still counts as {}{}",
                       committed_, way_.tag, state, before);
  }

  const WayBack& way_;
  HistoryTable& history_;
  const LogTable& log_;
  std::size_t done_;  // migrations that this run has taken back
  KeptTable kept_;
  Restorer restorer_;
  Script script_;
  KeptViews views_{database_};
  std::vector<std::string> repairs_;            // what the check did
  bool ours_ = true;                            // no statement of the script does
  bool committing_ = false;                     // with a lost connection: the outcome is unknown
  std::size_t committed_ = 0;                   // statements that stay, whatever comes
  std::pair<std::size_t, std::string> before_;  // what was there before a statement's first try
};

}  // namespace

bool runs_in_parts(const WayBack& way, Engine engine) {
  return make_script(way.file, engine).parts.size() > 1;
}

void roll_back(Connection& database, std::span<const WayBack> ways, const RollbackOptions& options,
               const EventSink& events) {
  Clock::time_point start = Clock::now();
  Deadline deadline(options.wait);
  HistoryTable history(database.engine(), options.history);
  LogTable log(history, database.engine(), "");
  MigrationLock lock(database, history, deadline, events);
  Patience patiently(database, deadline, events);
  if (!ways.empty()) patiently("the log", [&] { log.create(database); });
  events(RunStarted{ways.size()});
  auto finished = [&](std::size_t done) { events(RollbackFinished{done, Clock::now() - start}); };
  for (std::size_t i = 0; i < ways.size(); ++i) {
    try {
      Return(database, ways[i], options, history, log, i, events).run(patiently);
    } catch (...) {
      if (i > 0) finished(i);
      throw;
    }
  }
  finished(ways.size());
}

}  // namespace tidemark
