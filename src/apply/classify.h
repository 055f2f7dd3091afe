// Which statements cannot run like the others. Decided by their first words, so
// that syntax of newer servers is recognised as well.
#pragma once

#include <span>
#include <string_view>

#include "apply/splitter.h"
#include "apply/sql_lexer.h"

namespace tidemark {

struct Classification {
  Handling handling = Handling::plain;
  std::string_view refused = {};  // why it cannot run in a migration; empty if it can
  std::string_view instead = {};  // what to write in its place
};

/// `tokens` are those of one statement, at least one.
Classification classify(std::span<const Token> tokens, Engine engine);

}  // namespace tidemark
