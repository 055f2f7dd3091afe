#include "engine/watched_connection.h"

#include <chrono>
#include <map>

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

std::set<std::string> locks_held(Connection& database) {
  std::set<std::string> out;
  if (database.engine() != Engine::postgresql) return out;
  Rows rows = database.query(
      "SELECT pg_catalog.upper(pg_catalog.regexp_replace(pg_catalog.replace(l.mode, 'Lock', ''), "
      "'([a-z])([A-Z])', '\\1 \\2', 'g')) || ' on ' || l.relation::pg_catalog.regclass "
      "FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation "
      "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.relation >= 16384 "
      "AND c.relkind IN ('r', 'p', 'm', 'v')");
  for (const auto& row : rows.rows) out.insert(row[0].value_or(""));
  return out;
}

/// Where each table and index keeps its rows.
std::map<std::string, std::pair<std::string, std::string>> storage(Connection& database) {
  std::map<std::string, std::pair<std::string, std::string>> out;
  if (database.engine() != Engine::postgresql) return out;
  Rows rows = database.query(
      "SELECT oid, oid::pg_catalog.regclass, relfilenode FROM pg_catalog.pg_class "
      "WHERE oid >= 16384 AND relkind IN ('r', 'm', 'i') AND relnamespace <> "
      "'pg_toast'::pg_catalog.regnamespace");
  for (const auto& row : rows.rows)
    out[row[0].value_or("")] = {row[1].value_or(""), row[2].value_or("")};
  return out;
}

}  // namespace

void WatchedConnection::run(std::span<const Command> commands, const Progress& done) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    try {
      if (commands[i].timed)
        watch(commands[i]);
      else if (commands[i].sql.starts_with("LOCK TABLE "))
        lock_early(commands[i]);
      else
        inner_.run({&commands[i], 1});
    } catch (DatabaseError& error) {
      error.index = i;
      throw;
    }
    if (done) done(i);
  }
}

/// What is kept of a table is read under the lock that the statement after it needs.
void WatchedConnection::lock_early(const Command& command) {
  std::set<std::string> before = locks_held(inner_);
  inner_.run({&command, 1});
  for (const std::string& lock : locks_held(inner_))
    if (!before.contains(lock)) early_.insert(lock);
}

void WatchedConnection::watch(const Command& command) {
  std::set<std::string> locks_before = locks_held(inner_);
  auto storage_before = storage(inner_);
  Clock::time_point start = Clock::now();
  inner_.run({&command, 1});
  Observation seen{.locks = std::exchange(early_, {})};
  seen.took_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  for (const std::string& lock : locks_held(inner_))
    if (!locks_before.contains(lock)) seen.locks.insert(lock);
  for (const auto& [oid, now] : storage(inner_)) {
    auto before = storage_before.find(oid);
    if (before != storage_before.end() && before->second.second != now.second)
      seen.rewritten.insert(now.first);
  }
  last_ = std::move(seen);
}

}  // namespace tidemark
