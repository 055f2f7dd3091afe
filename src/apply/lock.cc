#include "apply/lock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

#include "base/crypto.h"
#include "base/interruption.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr Duration poll{100};
constexpr Duration report{1000};

/// Whether the server can look: not before PostgreSQL 14, nor on every system.
bool set_client_check(Connection& database, std::string_view for_one_transaction) {
  try {
    Rows set = database.query(
        fmt::format("SELECT pg_catalog.set_config(name, '1s', {}) FROM pg_catalog.pg_settings "
                    "WHERE name = 'client_connection_check_interval'",
                    for_one_transaction));
    return !set.rows.empty();
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    return false;
  }
}

}  // namespace

/// Half of SHA-256 as PostgreSQL's signed 64-bit key.
std::string lock_key(const HistoryTable& history) {
  std::string digest = sha256("tidemark " + history.name());
  std::uint64_t bits = std::stoull(digest.substr(0, 16), nullptr, 16);
  return std::to_string(static_cast<std::int64_t>(bits));
}

std::chrono::milliseconds Deadline::left() const {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now());
  return std::clamp(left, std::chrono::milliseconds(1), std::chrono::milliseconds(INT_MAX));
}

void Deadline::sleep(Duration duration) const {
  constexpr Duration step{50};
  Clock::time_point wake =
      std::min(end_, Clock::now() + std::chrono::duration_cast<Clock::duration>(duration));
  while (Clock::now() < wake && !interrupted())
    std::this_thread::sleep_for(std::min<Duration>(step, wake - Clock::now()));
}

void notice_our_death(Connection& database) { set_client_check(database, "false"); }

std::vector<Command> transaction_settings(Connection& database,
                                          std::chrono::milliseconds lock_timeout) {
  if (database.engine() != Engine::postgresql) return {};
  std::vector<Command> out{{fmt::format("SET LOCAL lock_timeout = {}", lock_timeout.count())}};
  if (database.pooled() && set_client_check(database, "true"))
    out.push_back({"SET LOCAL client_connection_check_interval = '1s'"});
  return out;
}

MigrationLock::MigrationLock(Connection& database, const HistoryTable& history,
                             const Deadline& deadline, const EventSink& events)
    : database_(database) {
  if (database.engine() != Engine::postgresql || database.pooled()) return;
  notice_our_death(database);
  key_ = lock_key(history);
  Duration waited{0}, told{-report};
  auto start = std::chrono::steady_clock::now();
  while (!try_once()) {
    if (interrupted()) throw Error(Fault::interrupted, "interrupted while waiting for the lock");
    if (deadline.over())
      throw Error(Fault::locked, fmt::format("another migrator holds the lock: {}", holder()))
          .hint(
              "wait for it to finish and run `tidemark migrate` again, or give it longer with "
              "`--wait`; if it hangs, `select pg_terminate_backend(PID)` frees the lock");
    if (waited - told >= report) {
      events(WaitingForLock{holder(), waited});
      told = waited;
    }
    deadline.sleep(poll);
    waited = std::chrono::steady_clock::now() - start;
  }
}

MigrationLock::~MigrationLock() {
  if (key_.empty()) return;
  try {
    std::array<Value, 1> key{key_};
    database_.query("SELECT pg_catalog.pg_advisory_unlock($1::bigint)", key);
  } catch (const DatabaseError&) {  // a lost session holds no lock
  }
}

bool MigrationLock::try_once() {
  std::array<Value, 1> key{key_};
  Rows rows = database_.query("SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", key);
  return rows.rows[0][0] == "t";
}

std::string MigrationLock::holder() {
  std::array<Value, 1> key{key_};
  Rows rows = database_.query(
      "SELECT 'pid ' || a.pid || ' (' || concat_ws(', ', nullif(a.application_name, ''), a.usename "
      "|| coalesce('@' || host(a.client_addr), ''), 'connected since ' || to_char(a.backend_start, "
      "'YYYY-MM-DD HH24:MI:SS')) || ')' FROM pg_catalog.pg_locks l JOIN "
      "pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted "
      "AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
      "current_database()) AND (l.classid::bigint << 32) | l.objid::bigint = $1::bigint",
      key);
  return rows.rows.empty() ? "it has just finished" : rows.rows[0][0].value_or("unknown");
}

}  // namespace tidemark
