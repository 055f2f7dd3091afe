// What was typed into the console, as the statements that are run one by one.
#pragma once

#include <string>
#include <vector>

#include "studio/danger.h"
#include "studio/query_plan.h"
#include "tidemark/catalog.h"

namespace tidemark::studio {

struct TypedStatement {
  std::string sql;
  std::size_t offset = 0;   // in what was typed, in bytes
  Danger danger = {};       // about which to ask before it is run
  bool reads_only = false;  // certainly; what is not certain counts as writing
};

/// What is to be run, or only to be explained. Throws Error(Fault::usage) for text with a NUL
/// character: drivers would read up to it, and run less than what was judged.
std::vector<TypedStatement> read_statements(const std::string& text, Engine engine,
                                            Explain explain = Explain::nothing);

/// The one that a place in the text is in, or that comes before it.
std::vector<TypedStatement> statement_at(std::vector<TypedStatement> statements,
                                         std::size_t offset);

}  // namespace tidemark::studio
