// SQL as a list of tokens with their places. Knows what may hide a semicolon:
// strings, quoted names, comments, PostgreSQL's dollar quotes. It understands
// every version of the servers' grammars because it needs none of them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

struct Token {
  enum class Kind : std::uint8_t {
    word,    // a keyword or an unquoted name
    name,    // a quoted name
    string,  // any string constant
    number,
    symbol,      // one character
    unfinished,  // a string, name or comment that the text ends in
  };
  Kind kind;
  std::size_t offset;
  std::string_view text;  // as written

  std::size_t end() const { return offset + text.size(); }
  /// Whether it is this keyword; `keyword` in lower case.
  bool is(std::string_view keyword) const;
  bool is(char symbol) const { return kind == Kind::symbol && text[0] == symbol; }
};

/// White space and comments are left out. The tokens point into `sql`.
std::vector<Token> tokenize(std::string_view sql, Engine engine);

/// The name a token stands for: unquoted, and folded as the server folds it.
std::string name_of(const Token& token, Engine engine);

}  // namespace tidemark
