#include "seed/inserter.h"

#include <charconv>
#include <utility>

#include "tidemark/error.h"

namespace tidemark::seed {
namespace {

/// The number behind `word` in what PostgreSQL says of the place: "COPY t, line 3, column a".
std::optional<std::size_t> number_behind(std::string_view word, const std::string& context) {
  std::size_t at = context.rfind(word);
  if (at == std::string::npos) return std::nullopt;
  std::size_t number = 0;
  const char* end = context.data() + context.size();
  auto [stop, error] = std::from_chars(context.data() + at + word.size(), end, number);
  return error == std::errc() && number > 0 ? std::optional(number) : std::nullopt;
}

std::string column_in(const std::string& context) {
  constexpr std::string_view word = ", column ";
  std::size_t at = context.rfind(word);
  if (at == std::string::npos || !context.starts_with("COPY ")) return {};
  at += word.size();
  return context.substr(at, std::min(context.find(": ", at), context.find('\n', at)) - at);
}

/// Of the row that an error is about.
std::optional<std::size_t> offset_in(const std::vector<std::size_t>& offsets, std::size_t row) {
  return row < offsets.size() ? std::optional(offsets[row]) : std::nullopt;
}

}  // namespace

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
  if (!statement.empty()) return stream(std::move(statement), rows.rows, rows.offsets);
  finish();
  insert_plainly(rows, insertion);
}

void Inserter::copy(const CopiedRows& rows) {
  if (!writer_) throw Error(Fault::failed, "this driver has no COPY");
  finish();
  stream(rows.sql, rows.rows, rows.offsets);
  finish();
}

void Inserter::stream(std::string statement, const std::vector<std::vector<Value>>& rows,
                      const std::vector<std::size_t>& offsets) {
  if (statement != statement_) finish();
  if (!stream_) stream_ = writer_->write_rows(statement);
  statement_ = std::move(statement);
  offsets_.insert(offsets_.end(), offsets.begin(), offsets.end());
  telling_row([&] { stream_->write(rows); });
}

void Inserter::finish() {
  if (stream_) telling_row([&] { stream_->finish(); });
  stream_.reset();
  statement_.clear();
  offsets_.clear();
}

/// Of many rows in one statement nobody says which is wrong.
void Inserter::insert_plainly(const TableRows& rows, const Insertion& insertion) {
  if (catalog_.engine != Engine::postgresql) return insert_one_by_one(rows, insertion);
  database_.execute("SAVEPOINT tidemark_rows");
  try {
    database_.run(insert_commands(catalog_.engine, rows, insertion));
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    database_.execute("ROLLBACK TO SAVEPOINT tidemark_rows");
    insert_one_by_one(rows, insertion);
  }
  database_.execute("RELEASE SAVEPOINT tidemark_rows");
}

void Inserter::insert_one_by_one(const TableRows& rows, const Insertion& insertion) {
  try {
    database_.run(insert_commands(catalog_.engine, rows, insertion, true));
  } catch (const DatabaseError& error) {
    RefusedRow refused(error, offset_in(rows.offsets, error.index));
    std::optional<std::size_t> parameter = number_behind(" parameter $", error.context);
    if (parameter && *parameter <= rows.columns.size())
      refused.column = rows.columns[*parameter - 1].text();
    throw refused;
  }
}

void Inserter::telling_row(const std::function<void()>& body) const {
  try {
    body();
  } catch (const DatabaseError& error) {
    if (catalog_.engine != Engine::postgresql)
      throw RefusedRow(error, offset_in(offsets_, error.index));
    RefusedRow refused(error);
    if (std::optional<std::size_t> line = number_behind(", line ", error.context))
      refused.offset = offset_in(offsets_, *line - 1);
    refused.column = column_in(error.context);
    throw refused;
  }
}

}  // namespace tidemark::seed
