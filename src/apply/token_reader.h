#pragma once

#include <initializer_list>
#include <span>
#include <utility>

#include "apply/sql_lexer.h"
#include "tidemark/name.h"

namespace tidemark {

/// The tokens of one statement, read from left to right.
class TokenReader {
 public:
  TokenReader(std::span<const Token> tokens, Engine engine) : tokens_(tokens), engine_(engine) {}

  bool done() const { return tokens_.empty(); }
  bool at(std::string_view keyword) const { return !done() && tokens_[0].is(keyword); }
  bool take(std::string_view keyword) {
    if (!at(keyword)) return false;
    next();
    return true;
  }
  bool take(char symbol) {
    if (done() || !tokens_[0].is(symbol)) return false;
    next();
    return true;
  }
  void next() { tokens_ = tokens_.subspan(1); }
  void skip(std::initializer_list<std::string_view> keywords) {
    for (std::string_view keyword : keywords) take(keyword);
  }
  /// Up to and with this keyword.
  void skip_to(std::string_view keyword) {
    while (!done() && !take(keyword)) next();
  }
  /// Up to and with the comma that ends what stands here, not one inside parentheses.
  void skip_item() {
    for (int depth = 0; !done(); next()) {
      if (tokens_[0].is('(')) ++depth;
      if (tokens_[0].is(')')) --depth;
      if (depth == 0 && take(',')) return;
    }
  }
  Name name() {
    if (done()) return {};
    Name out(name_of(tokens_[0], engine_));
    next();
    return out;
  }
  /// The schema is empty where none is written.
  Path path() {
    Path out{.name = name()};
    if (!take('.')) return out;
    out.schema = std::exchange(out.name, name());
    return out;
  }
  std::span<const Token> rest() const { return tokens_; }

 private:
  std::span<const Token> tokens_;
  Engine engine_;
};

}  // namespace tidemark
