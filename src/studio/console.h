// The SQL console: statements as they were typed, one after the other, each with its
// result. What destroys without saying which rows is asked about first.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "studio/lane.h"
#include "studio/query_plan.h"

namespace tidemark::studio {

struct TypedStatement {
  std::string sql;
  std::size_t offset = 0;    // in what was typed, in bytes
  std::string danger = {};   // "deletes every row of a table"; empty: none
  std::string touched = {};  // the table that is in danger, as SQL, where one is named
  bool reads_only = false;   // certainly; what is not certain counts as writing
};

/// What is to be run, or only to be explained. Throws Error(Fault::failed) for what cannot
/// be run one by one.
std::vector<TypedStatement> read_statements(const std::string& text, Engine engine,
                                            Explain explain = Explain::nothing);

/// The one that a place in the text is in, or that comes before it.
std::vector<TypedStatement> statement_at(std::vector<TypedStatement> statements,
                                         std::size_t offset);

struct ConsoleOptions {
  bool read_only = false;
  std::size_t most_rows = 1000;        // of each result
  Explain explain = Explain::nothing;  // else results have "plan", see plan_steps
};

/// Runs them up to the first that fails; `done` takes the result of each as it is there.
void run_console(DatabaseSession& session, std::span<const TypedStatement> statements,
                 const ConsoleOptions& options, const std::function<void(json::object)>& done);

}  // namespace tidemark::studio
