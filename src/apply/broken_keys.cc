#include "apply/broken_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

using Values = std::map<std::string, long long>;

/// A foreign key as the database has it.
struct LiveKey {
  std::string table, parent;
  long long number;
  std::vector<std::string> columns = {}, targets = {};  // no targets: the primary key
};

/// Some of the keys of a table have rows that refer to nothing. Where one of them cannot be
/// checked (its parent has no such unique column), SQLite checks none of the table's.
struct Suspect {
  std::string table;
  bool checked = true;
  std::vector<long long> keys = {};
};

std::vector<Suspect> suspects(Connection& database) {
  Rows tables = database.query("SELECT name FROM sqlite_master WHERE type = 'table'");
  std::vector<Command> checks;
  for (const std::vector<Value>& table : tables.rows)
    checks.push_back({"SELECT DISTINCT fkid FROM pragma_foreign_key_check($1)", {table[0]}});
  std::vector<Suspect> out;
  auto note = [&](std::size_t i, const Rows& broken) {
    if (broken.rows.empty()) return;
    Suspect& suspect = out.emplace_back(Suspect{.table = *tables.rows[i][0]});
    for (const std::vector<Value>& row : broken.rows)
      suspect.keys.push_back(std::stoll(row[0].value_or("0")));
  };
  try {
    const std::vector<Rows> found = database.query_all(checks);
    for (std::size_t i = 0; i < found.size(); ++i) note(i, found[i]);
    return out;
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    out.clear();
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    try {
      note(i, database.query(checks[i].sql, checks[i].parameters));
    } catch (const DatabaseError& error) {
      if (error.connection_lost) throw;
      out.push_back({.table = *tables.rows[i][0], .checked = false});
    }
  }
  return out;
}

std::vector<LiveKey> keys_of(Connection& database, const std::string& table) {
  std::array<Value, 1> name{table};
  std::vector<LiveKey> keys;
  for (const std::vector<Value>& row :
       database
           .query("SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list($1) ORDER "
                  "BY id, seq",
                  name)
           .rows) {
    const long long number = std::stoll(row[0].value_or("0"));
    if (keys.empty() || keys.back().number != number)
      keys.push_back({.table = table, .parent = row[1].value_or("?"), .number = number});
    keys.back().columns.push_back(row[2].value_or(""));
    if (row[3]) keys.back().targets.push_back(*row[3]);
  }
  return keys;
}

std::vector<std::string> primary_key_of(Connection& database, const std::string& table) {
  std::array<Value, 1> name{table};
  std::vector<std::string> columns;
  for (const std::vector<Value>& row :
       database.query("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", name).rows)
    columns.push_back(row[0].value_or(""));
  return columns;
}

bool has_rowid(Connection& database, const std::string& table) {
  try {
    database.query(standard_sql("SELECT _rowid_ FROM ", Name(table), " LIMIT 0"));
    return true;
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    return false;
  }
}

std::string columns_of(const char* table, const std::vector<std::string>& columns) {
  std::vector<std::string> out;
  for (const std::string& column : columns) out.push_back(standard_sql(table, ".", Name(column)));
  return join(out, ", ");
}

/// The values of a key as one text. A new type of the column leaves it the same.
std::string values_of(const std::vector<std::string>& columns) {
  std::vector<std::string> parts;
  parts.reserve(columns.size());
  for (const std::string& column : columns)
    parts.push_back(standard_sql("quote(CAST(c.", Name(column), " AS TEXT))"));
  return join(parts, " || ',' || ");
}

/// What SQLite's own check finds, by the rows' numbers.
std::string broken_by_check(const LiveKey& key) {
  return standard_sql("FROM pragma_foreign_key_check(", string_literal(key.table), ") k JOIN ",
                      Name(key.table),
                      " c ON c._rowid_ = k.rowid WHERE k.fkid = ", std::to_string(key.number));
}

/// Where there is no such check, or no such number.
std::string broken_by_search(Connection& database, const LiveKey& key) {
  std::string where = standard_sql("FROM ", Name(key.table), " c WHERE ");
  for (const std::string& column : key.columns)
    where += standard_sql("c.", Name(column), " IS NOT NULL AND ");
  std::vector<std::string> targets =
      key.targets.empty() ? primary_key_of(database, key.parent) : key.targets;
  if (targets.empty()) return where + "1";  // there is no such table
  std::vector<std::string> filled;
  for (const std::string& target : targets)
    filled.push_back(standard_sql("p.", Name(target), " IS NOT NULL"));
  return where + standard_sql("(", columns_of("c", key.columns), ") NOT IN (SELECT ",
                              columns_of("p", targets), " FROM ", Name(key.parent), " p WHERE ",
                              join(filled, " AND "), ")");
}

/// An answer of a libSQL server has to stay below 10 MB.
constexpr unsigned long long page_bytes = 4'000'000;

Values read_values(Connection& database, const LiveKey& key, const std::string& from) {
  const std::string all = standard_sql("(SELECT ", values_of(key.columns), " AS v, count(*) AS n ",
                                       from, " GROUP BY 1)");
  unsigned long long longest = 0;
  if (database.engine() == Engine::turso)
    longest = std::stoull(database.query("SELECT coalesce(max(length(v)), 0) FROM " + all)
                              .rows.at(0)
                              .at(0)
                              .value_or("0"));
  const std::string page =
      longest == 0 ? "-1" : std::to_string(std::max(1ULL, page_bytes / (4 * longest + 64)));
  Values out;
  for (std::string last;;) {
    std::array<Value, 1> after{last};
    Rows rows =
        database.query("SELECT v, n FROM " + all + " WHERE v > $1 ORDER BY v LIMIT " + page, after);
    for (const std::vector<Value>& row : rows.rows)
      out[row[0].value_or("")] += std::stoll(row[1].value_or("0"));
    if (page == "-1" || rows.rows.empty()) return out;
    last = rows.rows.back()[0].value_or("");
  }
}

bool same(const std::string& lower_case, const Name& name) {
  return lower_case == lower(name.text());
}

}  // namespace

BrokenKeys BrokenKeys::read(Connection& database) {
  BrokenKeys out;
  for (const Suspect& suspect : suspects(database)) {
    const bool by_check = suspect.checked && has_rowid(database, suspect.table);
    for (const LiveKey& key : keys_of(database, suspect.table)) {
      if (suspect.checked && std::ranges::find(suspect.keys, key.number) == suspect.keys.end())
        continue;
      try {
        out.add(key.table, key.parent, key.columns,
                read_values(database, key,
                            by_check ? broken_by_check(key) : broken_by_search(database, key)));
      } catch (const DatabaseError& error) {
        // A key that names a column which is not there, or too few: nothing can refer by it.
        if (suspect.checked || error.connection_lost) throw;
      }
    }
  }
  return out;
}

void BrokenKeys::add(const std::string& table, const std::string& parent,
                     const std::vector<std::string>& columns, Values values) {
  std::vector<std::string> small;
  for (const std::string& column : columns) small.push_back(lower(column));
  Broken& broken = keys_[{lower(table), lower(parent), small}];
  broken.shown = fmt::format("\"{}\" (to \"{}\")", table, parent);
  for (const auto& [value, rows] : values) broken.values[value] += rows;
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
  long long more = 0;
  for (const auto& [value, count] : values) {
    auto was = before.values.find(value);
    more += std::max(0LL, count - (was == before.values.end() ? 0 : was->second));
  }
  return more;
}

}  // namespace tidemark
