// The names that a migration gives on its way: what a statement in the middle calls
// `people` may be `users` before the migration, and `humans` after it.
#pragma once

#include <optional>
#include <vector>

#include "apply/script.h"
#include "apply/statement_effect.h"
#include "connect/connection.h"

namespace tidemark {

/// Where names of PostgreSQL that have no schema are looked for. Asks when it is needed.
class Schemas {
 public:
  explicit Schemas(Connection& database) : database_(database) {}

  const std::vector<Name>& on_path();  // of the session
  bool has(const Path& table);

 private:
  Connection& database_;
  std::optional<std::vector<Name>> on_path_;
};

class NameTrail {
 public:
  /// All names in it have their schema, on PostgreSQL.
  NameTrail(const Script& script, Engine engine, Schemas& schemas);

  const std::vector<StatementEffect>& effects() const { return effects_; }
  std::size_t end() const { return effects_.size(); }

  /// What is called so before statement `at`, at the start of the migration.
  Path first(Path table, std::size_t at) const;
  Name first(Path table, Name column, std::size_t at) const;
  /// What is called so at the start, before statement `at`.
  Path at(Path table, std::size_t at) const;
  Name at(Path table, Name column, std::size_t at) const;

  /// The table that takes the name of one that statement `at` drops; empty for none.
  Path successor(const Path& table, std::size_t at) const;

 private:
  struct Step {
    std::size_t statement;
    Renamed renamed;
  };

  void complete(StatementEffect& effect, Schemas& schemas);
  Path full(Path path, Schemas& schemas) const;

  Engine engine_;
  std::vector<Name> search_path_ = {};    // that the script has set; empty for the session's
  std::vector<StatementEffect> effects_;  // of each statement
  std::vector<Step> steps_;
};

}  // namespace tidemark
