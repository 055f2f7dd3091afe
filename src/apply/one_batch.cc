#include "apply/one_batch.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/patience.h"

namespace tidemark {
namespace {

// An error that SQLite can be made to raise in a SELECT.
constexpr std::string_view raised = "abs(-9223372036854775807 - 1)";
constexpr std::string_view raised_message = "integer overflow";

}  // namespace

OneBatch::OneBatch(const HistoryTable& history, const LogTable& log, const Piece& piece,
                   bool records)
    : history_(history), log_(log), piece_(piece), records_(records) {
  open();
  if (records_) look();
  add_statements();
  if (records_) look();
  close();
}

void OneBatch::add(Command command, std::size_t step) {
  commands_.push_back(std::move(command));
  steps_.push_back(step);
}

/// Ends the batch where the look finds anything.
void OneBatch::guard_against(Command look) {
  look.sql = fmt::format("SELECT CASE WHEN EXISTS ({}) THEN {} END", look.sql, raised);
  add(std::move(look), guard);
}

void OneBatch::look() {
  looks_.push_back(commands_.size());
  add(sqlite_image_query());
}

/// Another run of ours is found by the log's unique row, one of the peer, which writes no
/// log, by its history row.
void OneBatch::open() {
  const MigrationFile& file = *piece_.script->file;
  add({"BEGIN IMMEDIATE"});
  guard_against(history_.look_for(file));
  if (piece_.forgets) add(log_.forget(file));
  add(log_.claim(file, piece_.script->statements.size()), guard);
}

void OneBatch::add_statements() {
  const std::vector<MigrationStatement>& statements = piece_.script->statements;
  for (std::size_t i = piece_.part.first; i < piece_.part.last; ++i)
    if (!is_ours(statements[i].handling)) add({statements[i].sql}, i);
}

/// The server's clock tells how long all of it took; of a single statement it tells nothing.
void OneBatch::close() {
  const MigrationFile& file = *piece_.script->file;
  std::vector<FinishedStatement> finished;
  for (std::size_t i = 0; i < steps_.size(); ++i)
    if (steps_[i] < guard) finished.push_back({steps_[i] + 1, &commands_[i].sql, 0, std::nullopt});
  for (Command& row : log_.record(file, finished)) add(std::move(row));
  add(log_.finish(file.tag, piece_.script->statements.size(), std::nullopt));
  add(history_.insert(file));
  add({"COMMIT"});
}

void OneBatch::run(Connection& database) {
  try {
    answers_ = database.query_all(commands_);
  } catch (const DatabaseError& error) {
    fail(error);
  }
}

void OneBatch::fail(const DatabaseError& error) const {
  std::size_t step = steps_[std::min(error.index, steps_.size() - 1)];
  bool refused =
      is_unique_violation(error) || error.message.find(raised_message) != std::string::npos;
  throw TransactionError{.error = error,
                         .script = piece_.script,
                         .statement = step < guard ? step : TransactionError::none,
                         .taken = step == guard && refused,
                         .while_committing = error.connection_lost};
}

CatalogImage OneBatch::image(std::size_t look) const {
  return sqlite_image(answers_.at(looks_.at(look)), history_.path());
}

}  // namespace tidemark
