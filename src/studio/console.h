// The SQL console: statements as they were typed, one after the other, each with its
// result.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "studio/lane.h"
#include "studio/query_plan.h"
#include "studio/typed_statement.h"

namespace tidemark::studio {

struct ConsoleOptions {
  bool read_only = false;
  std::size_t most_rows = 1000;        // of each result
  std::size_t most_bytes = 4u << 20;   // of all results; each has its first row all the same
  Explain explain = Explain::nothing;  // else results have "plan", see plan_steps
};

/// Runs them up to the first that fails; `done` takes the result of each as it is there. A
/// transaction that is open at the end would hold its locks while nobody works: it is rolled
/// back, and true is returned. Where rows were left out for the size of it all a result is "full".
bool run_console(DatabaseSession& session, std::span<const TypedStatement> statements,
                 const ConsoleOptions& options, const std::function<void(json::object)>& done);

/// What there is to ask about before they run: {"sql", "danger", "rows"}, the rows being null where
/// nobody can tell.
json::array dangers_json(DatabaseSession& session, std::span<const TypedStatement> statements);

}  // namespace tidemark::studio
