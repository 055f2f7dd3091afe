#include "apply/broken_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// The values of a key as one text. A new type of the column leaves it the same.
std::string values_of(const std::vector<std::string>& columns) {
  std::vector<std::string> parts;
  parts.reserve(columns.size());
  for (const std::string& column : columns)
    parts.push_back(standard_sql("quote(CAST(c.", Name(column), " AS TEXT))"));
  return join(parts, " || ',' || ");
}

std::vector<std::string> columns_of(Connection& database, const std::string& table, long long key) {
  std::array<Value, 2> which{table, std::to_string(key)};
  std::vector<std::string> columns;
  for (const std::vector<Value>& row :
       database
           .query("SELECT \"from\" FROM pragma_foreign_key_list($1) WHERE id = CAST($2 AS INTEGER) "
                  "ORDER BY seq",
                  which)
           .rows)
    columns.push_back(row[0].value_or(""));
  return columns;
}

bool same(const std::string& lower_case, const Name& name) {
  return lower_case == lower(name.text());
}

}  // namespace

BrokenKeys BrokenKeys::read(Connection& database) {
  BrokenKeys out;
  for (const auto& [table, keys] : look(database, out))
    for (const auto& [key, parent] : keys) out.read_rows(database, table, key, parent);
  return out;
}

BrokenKeys::Found BrokenKeys::look(Connection& database, BrokenKeys& out) {
  Found found;
  auto note = [&](const Rows& broken) {
    for (const std::vector<Value>& row : broken.rows)
      found[*row[0]].emplace(std::stoll(row[3].value_or("0")), row[2].value_or("?"));
  };
  Rows tables = database.query("SELECT name FROM sqlite_master WHERE type = 'table'");
  std::vector<Command> checks;
  for (const std::vector<Value>& table : tables.rows)
    checks.push_back({standard_sql("PRAGMA foreign_key_check(", Name(*table[0]), ")")});
  try {
    for (const Rows& broken : database.query_all(checks)) note(broken);
    return found;
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    found.clear();
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const std::string& table = *tables.rows[i][0];
    try {
      note(database.query(checks[i].sql));
    } catch (const DatabaseError& error) {
      if (error.connection_lost) throw;
      out.keys_[{lower(table), {}, {}}] = {
          .shown = fmt::format("\"{}\" ({})", table, error.message), .values = {{"", 1}}};
    }
  }
  return found;
}

void BrokenKeys::read_rows(Connection& database, const std::string& table, long long key,
                           const std::string& parent) {
  std::vector<std::string> columns = columns_of(database, table, key), small;
  for (const std::string& column : columns) small.push_back(lower(column));
  Broken& broken = keys_[{lower(table), lower(parent), small}];
  broken.shown = fmt::format("\"{}\" (to \"{}\")", table, parent);
  std::array<Value, 2> which{table, std::to_string(key)};
  const std::string one = " k.fkid = CAST($2 AS INTEGER)";
  Rows unseen = database.query(
      "SELECT count(*) FROM pragma_foreign_key_check($1) k WHERE "
      "k.rowid IS NULL AND" +
          one,
      which);
  if (long long rows = std::stoll(unseen.rows[0][0].value_or("0")); rows > 0) {
    broken.counted = true;
    broken.values[""] += rows;
    return;
  }
  Rows rows = database.query(
      standard_sql("SELECT ", values_of(columns),
                   ", count(*) FROM pragma_foreign_key_check($1) k "
                   "JOIN ",
                   Name(table), " c ON c._rowid_ = k.rowid WHERE", one, " GROUP BY 1"),
      which);
  for (const std::vector<Value>& row : rows.rows)
    broken.values[row[0].value_or("")] += std::stoll(row[1].value_or("0"));
}

void BrokenKeys::follow(const Renamed& it) {
  std::map<Key, Broken> renamed;
  for (auto& [was, broken] : keys_) {
    Key key = was;
    if (it.kind == Renamed::Kind::table) {
      const std::string after = lower(it.after.name.text());
      for (std::string* name : {&key.table, &key.parent})
        if (same(*name, it.before.name)) *name = after;
    } else if (it.kind == Renamed::Kind::column && same(key.table, it.before.name)) {
      for (std::string& column : key.columns)
        if (same(column, it.column_before)) column = lower(it.column_after.text());
    }
    renamed.emplace(std::move(key), std::move(broken));
  }
  keys_ = std::move(renamed);
}

std::string BrokenKeys::more_than(const BrokenKeys& before) const {
  for (const auto& [key, broken] : keys_) {
    auto was = before.keys_.find(key);
    long long more = was == before.keys_.end() ? broken.rows() : broken.more_than(was->second);
    if (more > 0)
      return fmt::format("{} of {}", counted(static_cast<std::size_t>(more), "row"), broken.shown);
  }
  return {};
}

long long BrokenKeys::Broken::rows() const {
  long long sum = 0;
  for (const auto& [value, count] : values) sum += count;
  return sum;
}

long long BrokenKeys::Broken::more_than(const Broken& before) const {
  if (counted || before.counted) return std::max(0LL, rows() - before.rows());
  long long more = 0;
  for (const auto& [value, count] : values) {
    auto was = before.values.find(value);
    more += std::max(0LL, count - (was == before.values.end() ? 0 : was->second));
  }
  return more;
}

}  // namespace tidemark
