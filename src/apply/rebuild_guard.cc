#include "apply/rebuild_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

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

}  // namespace

RebuildGuard::RebuildGuard(Connection& database, Plan plan)
    : database_(database),
      plan_(std::move(plan)),
      objects_(database, plan_.unwanted),
      clauses_(database, plan_.unwanted) {
  if (database_.engine() == Engine::postgresql) plan_ = {};  // KeptViews sees to views there
  if (plan_.rebuilds) database_.execute("PRAGMA foreign_keys = OFF");
}

RebuildGuard::~RebuildGuard() {
  if (!plan_.rebuilds) return;
  try {
    database_.execute("PRAGMA foreign_keys = ON");
  } catch (const DatabaseError&) {  // a broken database has said so already
  }
}

void RebuildGuard::begin() {
  if (plan_.rebuilds) broken_before_ = BrokenKeys::read(database_);
}

std::string RebuildGuard::before(const Script& script, std::size_t index) {
  std::string sql = clauses_.as_run(script, index);
  objects_.before(script, index);
  dropped_ = plan_.rebuilds ? dropped_table(script.statements[index]) : "";
  if (!dropped_.empty()) rows_before_ = rows_referring_to(dropped_);
  return sql;
}

void RebuildGuard::after(const Script& script, std::size_t index) {
  objects_.after(script, index);
  for (const Renamed& renamed : effect_of(script.statements[index].sql, Engine::sqlite).renamed)
    broken_before_.follow(renamed);
  if (dropped_.empty()) return;
  std::vector<std::string> tables;
  for (const auto& [table, rows] : rows_before_) tables.push_back(table);
  Counts after = rows_of(tables);
  for (const auto& [table, rows] : rows_before_) {
    long long now = after[table];
    if (now != rows)
      throw DatabaseError(fmt::format("dropping \"{}\" deleted {} of \"{}\", which refers to it",
                                      dropped_,
                                      counted(static_cast<std::size_t>(rows - now), "row"), table));
  }
}

void RebuildGuard::end() {
  if (!active()) return;
  objects_.end();
  clauses_.end();
  if (!plan_.rebuilds) return;
  std::string more = BrokenKeys::read(database_).more_than(broken_before_);
  if (!more.empty())
    throw DatabaseError(fmt::format("it would leave {} without the row they refer to", more),
                        "SQLITE_CONSTRAINT_FOREIGNKEY");
}

std::vector<Remark> RebuildGuard::take_remarks() {
  std::vector<Remark> remarks = objects_.take_remarks();
  std::ranges::move(clauses_.take_remarks(), std::back_inserter(remarks));
  return remarks;
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
