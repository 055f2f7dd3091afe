#include "apply/rebuild_guard.h"

#include <fmt/format.h>

#include <array>

#include "apply/sql_lexer.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// The table of a DROP TABLE; empty for any other statement.
std::string dropped_table(const MigrationStatement& statement) {
  std::vector<Token> tokens = tokenize(statement.sql, Engine::sqlite);
  bool drops = tokens.size() >= 3 && tokens[0].is("drop") && tokens[1].is("table");
  return drops ? name_of(tokens.back(), Engine::sqlite) : "";
}

long long total(const std::map<std::string, long long>& counts) {
  long long sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

}  // namespace

RebuildGuard::RebuildGuard(Connection& database, bool active)
    : database_(database), active_(active), kept_(database) {
  if (active_) database_.execute("PRAGMA foreign_keys = OFF");
}

RebuildGuard::~RebuildGuard() {
  if (!active_) return;
  try {
    database_.execute("PRAGMA foreign_keys = ON");
  } catch (const DatabaseError&) {  // a broken database has said so already
  }
}

void RebuildGuard::begin() {
  if (active_) violations_before_ = violations();
}

void RebuildGuard::before(const MigrationStatement& statement) {
  dropped_ = dropped_table(statement);
  if (dropped_.empty()) return;
  kept_.take(dropped_);
  rows_before_ = rows_referring_to(dropped_);
}

void RebuildGuard::after(const MigrationStatement&) {
  kept_.put_back();
  if (dropped_.empty()) return;
  std::vector<std::string> tables;
  for (const auto& [table, rows] : rows_before_) tables.push_back(table);
  Counts after = rows_of(tables);
  for (const auto& [table, rows] : rows_before_) {
    long long now = after[table];
    if (now != rows)
      throw DatabaseError(
          fmt::format("dropping \"{}\" deleted {} rows of \"{}\", which refers to it", dropped_,
                      rows - now, table));
  }
}

void RebuildGuard::end() {
  if (!active_) return;
  kept_.check();
  Counts now = violations();
  if (total(now) <= total(violations_before_)) return;  // also when a table got a new name
  for (const auto& [tables, rows] : now) {
    auto before = violations_before_.find(tables);
    long long known = before == violations_before_.end() ? 0 : before->second;
    if (rows > known)
      throw DatabaseError(fmt::format("it would leave {} rows of {} without the row they refer to",
                                      rows - known, tables),
                          "SQLITE_CONSTRAINT_FOREIGNKEY");
  }
}

/// Rows that refer to nothing, for each pair of tables. A key that cannot be
/// checked at all (its parent has no such unique column) counts as one.
RebuildGuard::Counts RebuildGuard::violations() {
  Counts out;
  auto note = [&](const Rows& found) {
    for (const std::vector<Value>& row : found.rows)
      ++out[fmt::format("\"{}\" (to \"{}\")", *row[0], row[2].value_or("?"))];
  };
  Rows tables = database_.query("SELECT name FROM sqlite_master WHERE type = 'table'");
  std::vector<Command> checks;
  for (const std::vector<Value>& table : tables.rows)
    checks.push_back({standard_sql("PRAGMA foreign_key_check(", Name(*table[0]), ")")});
  try {
    for (const Rows& found : database_.query_all(checks)) note(found);
    return out;
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    out.clear();
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    try {
      note(database_.query(checks[i].sql));
    } catch (const DatabaseError& error) {
      if (error.connection_lost) throw;
      ++out[fmt::format("\"{}\" ({})", *tables.rows[i][0], error.message)];
    }
  }
  return out;
}

RebuildGuard::Counts RebuildGuard::rows_referring_to(const std::string& table) {
  std::array<Value, 1> name{table};
  Rows children = database_.query(
      "SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f ON "
      "lower(f.\"table\") = lower($1) WHERE m.type = 'table' AND lower(m.name) <> lower($1)",
      name);
  std::vector<std::string> names;
  for (const std::vector<Value>& child : children.rows) names.push_back(*child[0]);
  return rows_of(names);
}

RebuildGuard::Counts RebuildGuard::rows_of(const std::vector<std::string>& tables) {
  std::vector<Command> counts;
  for (const std::string& table : tables)
    counts.push_back({standard_sql("SELECT count(*) FROM ", Name(table))});
  if (counts.empty()) return {};
  std::vector<Rows> found = database_.query_all(counts);
  Counts out;
  for (std::size_t i = 0; i < tables.size(); ++i)
    out[tables[i]] = std::stoll(found[i].rows[0][0].value_or("0"));
  return out;
}

}  // namespace tidemark
