#include "apply/plan_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apply/alone.h"
#include "apply/altered_columns.h"
#include "apply/failure.h"
#include "apply/kept_views.h"
#include "apply/patience.h"
#include "apply/rebuild_guard.h"
#include "apply/room.h"
#include "apply/script.h"
#include "apply/script_run.h"
#include "base/interruption.h"
#include "plan/planner.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

const std::string plan_tag = "the plan";

class PlanRun : ScriptRun {
 public:
  PlanRun(Connection& database, const Plan& plan, const PlanRunOptions& options,
          const EventSink& events)
      : ScriptRun(database, options.lock_timeout, events),
        plan_(plan),
        options_(options),
        deadline_(options.wait),
        patiently_(database, deadline_, events),
        file_{.tag = plan_tag, .path = plan_tag, .sql = migration_sql(plan, /*breakpoints=*/true)},
        script_(make_script(file_, database.engine())) {}

  void run() {
    require_room(database_, script_);
    for (const Part& part : script_.parts) {
      if (part.first == part.last) continue;
      patiently_(plan_tag, [&] { part.alone ? alone(part.first) : transaction(part); });
      committed_ = part.last;
    }
    for (std::string& notice : database_.take_notices()) events_(Remark{"", std::move(notice)});
  }

 private:
  void transaction(const Part& part) {
    RebuildGuard guard(database_, {.rebuilds = script_.rebuilds_tables,
                                   .remakes = script_.remakes_views,
                                   .alters = database_.engine() != Engine::postgresql &&
                                             alters_columns(script_.statements)});
    at_ = part.first;
    views_.take_remarks();  // of a try that was given up
    if (part.first == 0) views_.reset();
    try {
      begin();
      if (part.first == 0) options_.still_fits();
      guard.begin();
      guard.active() || keeps_views_ ? one_by_one(part, guard) : all_together(part);
      check_columns(script_, part);
      guard.end();
      if (part.last == script_.statements.size()) views_.put_back();
      std::vector<Remark> remarks = views_.take_remarks();
      committing_ = true;
      database_.execute("COMMIT");
      committing_ = false;
      std::ranges::move(guard.take_remarks(), std::back_inserter(remarks));
      for (Remark& remark : remarks)
        events_(Remark{"", std::move(remark.text), std::move(remark.hint)});
    } catch (const DatabaseError& error) {
      in_doubt_ = std::exchange(committing_, false) && error.connection_lost;
      roll_back();
      fail(error);
    } catch (...) {
      roll_back();
      throw;
    }
  }

  void all_together(const Part& part) {
    std::vector<Command> commands;
    std::vector<std::size_t> numbers;
    for (std::size_t i = part.first; i < part.last; ++i) {
      if (is_ours(script_.statements[i].handling)) continue;
      commands.push_back({.sql = script_.statements[i].sql, .timed = true});
      numbers.push_back(i);
    }
    Clock::time_point last = Clock::now();
    try {
      database_.run(commands, [&](std::size_t index) {
        tell(plan_tag, script_, numbers[index], std::exchange(last, Clock::now()));
        if (index + 1 < numbers.size()) at_ = numbers[index + 1];
      });
    } catch (const DatabaseError& error) {
      at_ = numbers.at(std::min(error.index, numbers.size() - 1));
      throw;
    }
  }

  void one_by_one(const Part& part, RebuildGuard& guard) {
    for (at_ = part.first; at_ < part.last; ++at_) {
      const MigrationStatement& statement = script_.statements[at_];
      if (is_ours(statement.handling)) continue;
      Clock::time_point start = Clock::now();
      if (keeps_views_) views_.before(script_, at_);
      database_.execute(guard.active() ? with_column_altered(database_, guard.before(script_, at_))
                                       : statement.sql);
      if (guard.active()) guard.after(script_, at_);
      if (keeps_views_) views_.after(script_, at_);
      tell(plan_tag, script_, at_, start);
    }
    at_ = part.last - 1;
  }

  void alone(std::size_t statement) {
    at_ = statement;
    const MigrationStatement& it = script_.statements[statement];
    Clock::time_point start = Clock::now();
    try {
      patiently_.foretell(plan_tag, it);
      limit_waiting(it, patiently_.left());
      if (before_)
        clear_away(database_, *before_);
      else
        before_ = indexes_before(database_, it);
      database_.execute(it.sql);
      before_.reset();
    } catch (const DatabaseError& error) {
      left_index_ = waits_harmlessly(it) && !cleared_away(error);
      fail(error);
    }
    tell(plan_tag, script_, statement, start);
  }

  /// An index that could not be finished stays, invalid. It is dropped where the server
  /// still answers.
  bool cleared_away(const DatabaseError& error) {
    if (error.connection_lost || is_passing(error) || interrupted()) return false;
    try {
      clear_away(database_, before_.value_or(""));
      return true;
    } catch (const DatabaseError&) {
      return false;
    }
  }

  /// Throws DatabaseError for what may pass.
  [[noreturn]] void fail(const DatabaseError& error) const {
    if (interrupted()) throw Error(Fault::interrupted, "interrupted: " + what_is_left());
    if (is_passing(error)) throw error;
    bool halfway = committed_ > 0 || left_index_;
    Fault fault = halfway ? Fault::halfway : Fault::failed;
    Error told(fault, fmt::format("statement {} of {}: {}\n  {}", at_ + 1,
                                  script_.statements.size(), server_words(error), what_is_left()));
    if (const auto& range = origin_of(at_).range) told = std::move(told).at(*range);
    throw std::move(told)
        .running(script_.statements[at_].sql)
        .hint(fmt::format("{}, then run it again", what_to_do(error)));
  }

  std::string_view what_to_do(const DatabaseError& error) const {
    if (error.connection_lost) return "check the server";
    std::string_view first = obstacle(error);
    return first.empty() ? "correct the schema or the rows" : first;
  }

  std::string what_is_left() const {
    std::string applied =
        committed_ == 0 ? "" : fmt::format("statements 1 to {} are applied and stay; ", committed_);
    if (in_doubt_)
      return applied + "whether the transaction was committed is not known; the next run looks";
    if (left_index_) return applied + "this one may have left an index that is not valid";
    if (committed_ == 0) return "everything was rolled back; nothing was changed";
    return applied + "the next run does the rest";
  }

  /// The user's line that asked for a statement of the script.
  const Origin& origin_of(std::size_t statement) const {
    static const Origin nowhere;
    std::size_t end = 0, offset = script_.statements[statement].offset;
    for (const Statement& planned : plan_.statements) {
      end = file_.sql.find(planned.sql, end) + planned.sql.size();
      if (offset < end) return planned.origin;
    }
    return nowhere;
  }

  const Plan& plan_;
  const PlanRunOptions& options_;
  Deadline deadline_;
  Patience patiently_;
  MigrationFile file_;
  Script script_;
  KeptViews views_{database_};
  bool keeps_views_ = KeptViews::concern(script_, database_.engine());
  std::size_t committed_ = 0;  // statements that stay, whatever comes
  bool committing_ = false;
  bool in_doubt_ = false;              // no answer came to the commit
  bool left_index_ = false;            // one that is not valid may stay
  std::optional<std::string> before_;  // what was there before an earlier try of this statement
};

}  // namespace

void run_plan(Connection& database, const Plan& plan, const PlanRunOptions& options,
              const EventSink& events) {
  PlanRun(database, plan, options, events).run();
}

}  // namespace tidemark
