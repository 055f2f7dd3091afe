#include "seed/inserter.h"

namespace tidemark::seed {

Inserter::Inserter(Connection& database, const Catalog& catalog)
    : database_(database), catalog_(catalog), writer_(dynamic_cast<RowWriter*>(&database)) {}

/// Empty where only plain statements do: COPY updates no rows, and refuses a table whose
/// policies hold for this user.
std::string Inserter::stream_statement(const TableRows& rows, const Insertion& insertion) const {
  if (!writer_) return {};
  if (catalog_.engine != Engine::postgresql) return insert_statement(rows, insertion);
  bool plain =
      insertion.collision == Collision::fail && !catalog_.table(rows.table)->row_level_security;
  return plain ? copy_statement(rows) : "";
}

void Inserter::insert(const TableRows& rows, const Insertion& insertion) {
  if (rows.columns.empty() || rows.rows.empty()) return;
  std::string statement = stream_statement(rows, insertion);
  if (statement.empty() || statement != statement_) finish();
  if (statement.empty()) return database_.run(insert_commands(catalog_.engine, rows, insertion));
  if (!stream_) stream_ = writer_->write_rows(statement);
  statement_ = std::move(statement);
  stream_->write(rows.rows);
}

void Inserter::finish() {
  if (stream_) stream_->finish();
  stream_.reset();
  statement_.clear();
}

}  // namespace tidemark::seed
