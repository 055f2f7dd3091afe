// How the database means to run a statement, or how it ran: the answer of EXPLAIN as a
// tree that looks the same for each engine.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "connect/connection.h"

namespace tidemark::studio {

enum class Explain {
  nothing,
  plan,
  analyze,  // the statement is run, and its steps are measured
};

/// What stands before a statement to ask for its plan. Throws DatabaseError where the
/// engine cannot measure.
std::string explain_prefix(Engine engine, Explain explain);

/// Steps as {"title", "facts": [text], "details": [text], "share", "children": [steps]};
/// `share` is the step's own part of the whole from 0 to 1, absent where nobody knows.
json::array plan_steps(const std::vector<std::vector<Value>>& rows, Engine engine);

}  // namespace tidemark::studio
