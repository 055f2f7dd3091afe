// Runs migrations that are known to be pending, one at a time or all as one.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/failure.h"
#include "apply/keeper.h"
#include "apply/log_table.h"
#include "apply/migrate.h"
#include "apply/patience.h"
#include "apply/script.h"
#include "apply/status.h"
#include "apply/taken_for_indexes.h"
#include "apply/transaction.h"

namespace tidemark {

/// A pending migration and its statements.
struct Pending {
  MigrationStatus status;
  Script script;
  bool records = false, newest = false;  // see Piece
};

class Executor {
 public:
  Executor(Connection& database, const HistoryTable& history, const LogTable& log,
           const Deadline& deadline, const MigrateOptions& options, const EventSink& events);

  /// Both return false when another run has taken a migration. They throw what `migrate` throws.
  bool run_each(std::span<Pending> all);
  bool run_as_one(std::span<Pending> all);

  std::size_t applied() const { return applied_; }

 private:
  bool run(Pending& pending);
  bool run_in_one_request(std::span<const Pending> some);
  void begin_next();
  void settle_request(TransactionError& failure, const std::function<void(Duration)>& committed);
  std::size_t in_one_request(std::span<const Pending> all) const;
  bool is_plain(const Pending& pending) const;
  std::optional<FittedScript> fitted(const Pending& pending);
  void fit(Pending& pending);
  void require_fitting(std::span<const Pending> all);
  void set_lock_timeout();
  [[noreturn]] void refuse_behind_pooler(const Script& script) const;
  bool run_parts(const Pending& pending, std::size_t& done, bool ended);
  void cut_anew(Script& script, const TransactionError& failure);
  [[noreturn]] void refuse_as_one(const TransactionError& failure) const;
  std::size_t resume_at(const Pending& pending);
  void set_again(const Script& script, std::size_t done);
  bool run_together(std::span<const Piece> pieces);
  bool run_alone(const Piece& piece, bool ended);
  void explained(const Script& script, std::size_t statement, const std::function<void()>& work);
  bool settle_unfinished(const Script& script, std::size_t at);
  bool begin_alone(const std::string& tag, std::size_t number, const MigrationStatement& statement,
                   const std::string& before);
  void execute_alone(const std::string& tag, const MigrationStatement& statement);
  void patiently_alone(const Script& script, std::size_t statement,
                       const std::function<void()>& work);
  bool went_through(const TransactionError& failure, bool forgets);
  Remains remains() const;
  Remains remains(Aftermath aftermath) const;
  [[noreturn]] void explain(const TransactionError& failure);
  void record_failure(const std::string& tag, const DatabaseError& error);
  void finished(const Script& script, Duration took);
  void plan_keeping(const Script& script);

  Connection& database_;
  const HistoryTable& history_;
  const LogTable& log_;
  const Deadline& deadline_;
  const MigrateOptions& options_;
  const EventSink& events_;
  Keeper keeper_;
  Transaction transaction_;
  Patience patiently_;
  std::size_t applied_ = 0;
  std::span<const Piece> left_;  // of one request: what is not applied yet
  bool halfway_ = false;         // a part of the running migration is committed
};

}  // namespace tidemark
