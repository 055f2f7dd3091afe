// The names that a migration gives on its way: what a statement in the middle calls
// `people` may be `users` before the migration, and `humans` after it.
#pragma once

#include <vector>

#include "apply/script.h"
#include "apply/statement_effect.h"

namespace tidemark {

class NameTrail {
 public:
  NameTrail(const Script& script, Engine engine);

  const std::vector<StatementEffect>& effects() const { return effects_; }
  std::size_t end() const { return effects_.size(); }

  /// Tables of PostgreSQL are in `public` where no schema is written.
  Path full(Path path) const;

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

  Engine engine_;
  std::vector<StatementEffect> effects_;  // of each statement
  std::vector<Step> steps_;
};

}  // namespace tidemark
