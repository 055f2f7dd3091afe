#include "engine/table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr std::size_t page_bytes = 2'000'000;
constexpr std::size_t largest_page = 10'000;
constexpr std::size_t piece_bytes = 1'000'000;

/// SQL that writes a value as a literal: exactly, and with a text's NULs.
std::string literal_of(const std::string& column) {
  return fmt::format(
      "CASE WHEN typeof({0}) = 'text' AND instr({0}, char(0)) THEN 'CAST(X''' || hex({0}) || "
      "''' AS TEXT)' ELSE quote({0}) END",
      column);
}

/// `quote` has a word for infinity that is no literal.
std::string readable(const Value& literal) {
  if (literal == "Inf") return "9e999";
  if (literal == "-Inf") return "-9e999";
  return literal.value_or("NULL");
}

/// The page, or one literal in it.
bool is_too_large(const DatabaseError& error) {
  return error.code == "RESPONSE_TOO_LARGE" || error.code == "SQLITE_TOOBIG" ||
         error.message.find("too big") != std::string::npos;
}

std::string tuple(const std::vector<std::string>& values) {
  return values.size() == 1 ? values[0] : "(" + join(values, ", ") + ")";
}

}  // namespace

TableRows::TableRows(Connection& database, const StoredObject& table)
    : database_(database), table_(table.name) {
  read_columns(table);
}

void TableRows::read_columns(const StoredObject& table) {
  std::array<Value, 1> name{table.name};
  Rows found = database_.query("SELECT name, hidden, pk FROM pragma_table_xinfo($1)", name);
  std::map<int, std::string> primary;
  std::vector<std::string> names;
  for (const auto& row : found.rows) {
    Name column(row[0].value_or(""));
    names.push_back(lower(column.text()));
    if (row[1] == "0") columns_.push_back(column);
    if (int place = std::stoi(row[2].value_or("0")); place > 0)
      primary[place] = standard_sql(column);
  }
  if (table.without_rowid) {
    for (const auto& [place, column] : primary) key_.push_back(column);
    return;
  }
  for (const char* word : {"rowid", "_rowid_", "oid"})
    if (rowid_.empty() && std::ranges::find(names, word) == names.end()) rowid_ = word;
  if (rowid_.empty())
    throw Error(Fault::failed, fmt::format("the table {} has columns named rowid, _rowid_ and oid: "
                                           "its rows cannot be told apart",
                                           table.name))
        .hint("rename one of them");
  key_.push_back(rowid_);
}

std::string TableRows::target() const {
  std::string row = rowid_.empty() ? "" : columns_.empty() ? rowid_ : rowid_ + ", ";
  return standard_sql(table_, " (", row, NameList{columns_, ", "}, ")");
}

std::string TableRows::page(std::size_t rows) const {
  std::vector<std::string> wanted;
  for (const std::string& one : key_) wanted.push_back(literal_of(one));
  for (const Name& column : columns_) wanted.push_back(literal_of(standard_sql(column)));
  std::string after =
      after_.empty() ? "" : fmt::format(" WHERE {} > {}", tuple(key_), tuple(after_));
  return standard_sql("SELECT ", join(wanted, ", "), " FROM ", table_, after, " ORDER BY ",
                      join(key_, ", "), " LIMIT ", std::to_string(rows));
}

std::vector<std::string> TableRows::next() {
  while (!ended_) {
    try {
      return take(database_.query(page(size_)));
    } catch (const DatabaseError& error) {
      if (!is_too_large(error)) throw;
      if (size_ == 1) return {large_row()};
      size_ = std::max<std::size_t>(1, size_ / 8);
    }
  }
  return {};
}

std::vector<std::string> TableRows::take(const Rows& rows) {
  std::vector<std::string> out;
  std::size_t bytes = 0;
  std::size_t first = rowid_.empty() ? key_.size() : 0;  // the rowid is a value of its own
  for (const auto& row : rows.rows) {
    std::vector<std::string> values;
    for (std::size_t i = first; i < row.size(); ++i) values.push_back(readable(row[i]));
    out.push_back("(" + join(values, ", ") + ")");
    bytes += out.back().size();
  }
  ended_ = rows.rows.size() < size_;
  if (!rows.rows.empty()) {
    after_.clear();
    for (std::size_t i = 0; i < key_.size(); ++i) after_.push_back(readable(rows.rows.back()[i]));
  }
  adapt(out.size(), bytes);
  return out;
}

void TableRows::adapt(std::size_t rows, std::size_t bytes) {
  if (rows == 0) return;
  std::size_t fitting = page_bytes / std::max<std::size_t>(1, bytes / rows);
  size_ = std::clamp<std::size_t>(fitting, 1, std::min(largest_page, size_ * 4));
}

/// One row, value by value.
std::string TableRows::large_row() {
  std::vector<std::string> key;
  for (const std::string& one : key_) key.push_back(literal_of(one));
  std::string after =
      after_.empty() ? "" : fmt::format(" WHERE {} > {}", tuple(key_), tuple(after_));
  Rows found = database_.query(standard_sql("SELECT ", join(key, ", "), " FROM ", table_, after,
                                            " ORDER BY ", join(key_, ", "), " LIMIT 1"));
  after_.clear();
  for (const Value& value : found.rows.at(0)) after_.push_back(readable(value));
  std::string row = fmt::format(" WHERE {} = {}", tuple(key_), tuple(after_));
  std::vector<std::string> values;
  if (!rowid_.empty()) values = after_;
  for (const Name& column : columns_) values.push_back(large_value(standard_sql(column), row));
  return "(" + join(values, ", ") + ")";
}

std::string TableRows::large_value(const std::string& column, const std::string& row) {
  Rows size = database_.query(standard_sql("SELECT typeof(", column, "), length(CAST(", column,
                                           " AS BLOB)) FROM ", table_, row));
  std::string type = size.rows.at(0)[0].value_or("");
  std::size_t bytes = std::stoull(size.rows[0][1].value_or("0"));
  if ((type != "text" && type != "blob") || bytes <= piece_bytes)
    return readable(
        database_.query(standard_sql("SELECT ", literal_of(column), " FROM ", table_, row))
            .rows.at(0)[0]);
  std::string hex;
  for (std::size_t at = 1; at <= bytes; at += piece_bytes)
    hex += database_
               .query(standard_sql("SELECT hex(substr(CAST(", column, " AS BLOB), ",
                                   std::to_string(at), ", ", std::to_string(piece_bytes),
                                   ")) FROM ", table_, row))
               .rows.at(0)[0]
               .value_or("");
  return type == "blob" ? "X'" + hex + "'" : "CAST(X'" + hex + "' AS TEXT)";
}

}  // namespace tidemark
