// Runs parts of migrations in one transaction, together with the log's and the
// history's rows: all of it happens, or nothing.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <vector>

#include "apply/catalog_image.h"
#include "apply/events.h"
#include "apply/history_table.h"
#include "apply/keeper.h"
#include "apply/kept_views.h"
#include "apply/log_table.h"
#include "apply/rebuild_guard.h"
#include "apply/script.h"

namespace tidemark {

/// One part of a migration, and where it stands in it.
struct Piece {
  const Script* script;
  Part part;
  bool claims = false;    // the first: takes the migration for this run
  bool forgets = false;   // and before that forgets an entry whose history row is gone
  bool finishes = false;  // the last: writes the history row
  bool records = false;   // what it does to the catalog, for the way back
  bool newest = false;    // of the run: recorded whatever the others have seen

  bool whole() const { return claims && finishes; }
};

/// Where a transaction failed.
struct TransactionError {
  DatabaseError error;
  const Script* script;
  std::size_t statement = none;   // index in the script; none: one of ours
  bool taken = false;             // another run has this migration
  bool while_committing = false;  // with a lost connection: the outcome is unknown
  bool at_commit = false;         // COMMIT itself was refused
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

class Transaction {
 public:
  /// `opening` runs at the start of each transaction, `settings` are those of one.
  Transaction(Connection& database, const HistoryTable& history, const LogTable& log,
              Keeper& keeper, std::vector<Command> opening, std::vector<Command> settings,
              const EventSink& events)
      : database_(database),
        history_(history),
        log_(log),
        keeper_(keeper),
        views_(database),
        opening_(std::move(opening)),
        settings_(std::move(settings)),
        events_(events) {}

  /// Throws TransactionError, after everything was rolled back.
  void run(std::span<const Piece> pieces);

  /// Whether nothing has to be looked at between the statements, where each look is a request
  /// of its own.
  bool fits_one_request(const Piece& piece) const;

  /// Each in a transaction of its own, one after the other, all in one request; for those that
  /// fit one. `committed` is called after each, with the time it took. Throws TransactionError for
  /// the first that failed, which was rolled back; those after it did not run.
  void run_each(std::span<const Piece> pieces, const std::function<void(Duration)>& committed);

 private:
  using Clock = std::chrono::steady_clock;
  /// What a command is: a statement of a script, one that a second run of the same
  /// migration trips over, or something else of ours.
  struct Step {
    const Script* script;
    std::size_t statement;
    bool is_ours() const { return statement >= commit; }
  };
  static constexpr std::size_t claim = TransactionError::none - 1;
  static constexpr std::size_t refusal = TransactionError::none - 2;  // fails for such a run
  static constexpr std::size_t commit = TransactionError::none - 3;

  void start();
  void add_whole(const Piece& piece);
  void run_in_steps(std::span<const Piece> pieces);
  bool is_taken(std::span<const Piece> pieces);
  bool is_taken_now(const Piece& piece);
  void begin(std::span<const Piece> pieces);
  void begin_looking(const Piece& first);
  void piece(const Piece& piece, RebuildGuard& guard);
  void open(const Piece& piece);
  void run_statements(const Piece& piece, RebuildGuard& guard);
  void check_columns(const Piece& piece);
  void run_statement(const Script& script, std::size_t index, RebuildGuard& guard);
  void run_and_keep(const Script& script, std::size_t index, RebuildGuard& guard);
  void run_and_see(const Script& script, std::size_t index);
  void tell_notices(const Script& script);
  void forget_settings(const Piece& piece);
  void close(const Piece& piece);
  void look_before(const Piece& piece);
  CatalogImage look();
  void record_changes(const Piece& piece);
  void flush();
  void tell_running(std::size_t index, std::uint64_t written);
  void add(Command command, const Script* script, std::size_t statement = TransactionError::none);
  void done(std::size_t index);
  [[noreturn]] void fail(const DatabaseError& error);
  void roll_back();

  Connection& database_;
  const HistoryTable& history_;
  const LogTable& log_;
  Keeper& keeper_;
  KeptViews views_;
  std::vector<Command> opening_, settings_;
  const EventSink& events_;
  std::vector<Command> commands_;  // not sent yet
  std::vector<Step> steps_;        // what each of them is
  std::vector<FinishedStatement> finished_;
  std::vector<Clock::time_point> started_;  // of the finished ones
  Clock::time_point piece_started_, last_;
  std::vector<Rows> looks_;  // at log and history, when the transaction began
  std::function<void(Duration)> committed_;
  Duration piece_took_{0};
  bool committing_ = false;
  std::size_t looked_ = 0;             // at so many objects, in this run
  std::optional<CatalogImage> image_;  // `read_recorded` between the pieces that record
};

}  // namespace tidemark
