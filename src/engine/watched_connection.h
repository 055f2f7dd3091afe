// A connection whose statements are watched one by one: what each locks and rewrites.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "connect/connection.h"

namespace tidemark {

struct Observation {
  double took_ms = 0;
  std::set<std::string> locks;      // "ACCESS EXCLUSIVE on users", new with this statement
  std::set<std::string> rewritten;  // tables and indexes with new storage
};

class WatchedConnection final : public Connection {
 public:
  explicit WatchedConnection(Connection& inner) : inner_(inner) {}

  Engine engine() const override { return inner_.engine(); }
  Rows query(std::string_view sql, std::span<const Value> parameters = {}) override {
    return inner_.query(sql, parameters);
  }
  /// Statement by statement. Those that are `timed` are looked at before and after.
  void run(std::span<const Command> commands, const Progress& done = {}) override;
  std::optional<double> took_ms() const override { return inner_.took_ms(); }
  std::optional<std::uint64_t> room() override { return inner_.room(); }
  bool pooled() override { return inner_.pooled(); }
  std::vector<std::string> take_notices() override { return inner_.take_notices(); }

  /// Of the last timed statement; emptied by the call.
  std::optional<Observation> take() { return std::exchange(last_, std::nullopt); }

 private:
  void watch(const Command& command);
  void lock_early(const Command& command);

  Connection& inner_;
  std::set<std::string> early_;  // locks for the statement that comes
  std::optional<Observation> last_;
};

}  // namespace tidemark
