#include "apply/patience.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

#include "base/interruption.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

/// Between half and all of it, so that two who met once do not meet again.
Duration jitter(Duration longest) {
  static std::minstd_rand random(std::random_device{}());
  return longest * std::uniform_real_distribution<double>(0.5, 1)(random);
}

}  // namespace

void Patience::operator()(const std::string& tag, const std::function<void()>& attempt) {
  auto start = std::chrono::steady_clock::now();
  for (int tries = 1;; ++tries) {
    try {
      return attempt();
    } catch (const DatabaseError& error) {
      if (!is_passing(error)) throw;
      if (interrupted())
        throw Error(Fault::interrupted, fmt::format("interrupted while waiting to run {}", tag));
      waited_ = std::chrono::steady_clock::now() - start;
      if (deadline_.over())
        throw Error(Fault::locked, fmt::format("{} could not run: {} [{}]{}", tag, error.message,
                                               error.code, others()))
            .hint(
                "nothing of it is applied; run it again when the database is less busy, or give it "
                "longer with `--wait`");
      deadline_.sleep(tell(tag, error, tries));
    }
  }
}

/// Reports a try that failed, and returns how long to pause.
Duration Patience::tell(const std::string& tag, const DatabaseError& error, int tries) {
  if (database_.engine() == Engine::postgresql || error.connection_lost) {
    Duration delay = jitter(std::min(Duration(50 << std::min(tries, 6)), Duration(2000)));
    events_(Retrying{tag, error.message, tries, delay});
    return delay;
  }
  events_(WaitingForLock{"another process writes to this database", waited_});
  return jitter(Duration(50));
}

/// The sessions whose open transactions may hold the lock.
std::string Patience::others() {
  if (database_.engine() != Engine::postgresql) return "";
  Rows rows = database_.query(
      "SELECT 'pid ' || pid || ' (' || concat_ws(', ', nullif(application_name, ''), usename, "
      "state) || ') since ' || to_char(xact_start, 'YYYY-MM-DD HH24:MI:SS') FROM "
      "pg_catalog.pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
      "AND xact_start IS NOT NULL ORDER BY xact_start LIMIT 5");
  std::string out;
  for (const std::vector<Value>& row : rows.rows)
    out += "\n  open transaction: " + row[0].value_or("of another user");
  return out;
}

bool is_passing(const DatabaseError& error) {
  static constexpr std::array codes{"55P03", "40P01", "40001"};
  return std::ranges::find(codes, error.code) != codes.end() ||
         error.code.starts_with("SQLITE_BUSY");
}

bool is_unique_violation(const DatabaseError& error) {
  return error.code == "23505" || error.code == "SQLITE_CONSTRAINT_UNIQUE";
}

}  // namespace tidemark
