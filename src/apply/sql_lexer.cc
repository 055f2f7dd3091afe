#include "apply/sql_lexer.h"

#include <algorithm>

#include "base/text.h"

namespace tidemark {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool continues_word(char c) { return starts_word(c) || is_digit(c) || c == '$'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Lexer {
 public:
  Lexer(std::string_view sql, Engine engine) : sql_(sql), postgres_(engine == Engine::postgresql) {}

  std::vector<Token> all() {
    if (sql_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark is no part of the SQL
    while (at_ < sql_.size()) {
      if (is_space(sql_[at_]))
        ++at_;
      else if (sql_.substr(at_).starts_with("--"))
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      else if (sql_.substr(at_).starts_with("/*"))
        comment();
      else
        token();
    }
    return std::move(tokens_);
  }

 private:
  using Kind = Token::Kind;

  /// Ends the token that starts at `at_`. An `end` of npos means that the text is over.
  void add(Kind kind, std::size_t end) {
    if (end == npos) {
      kind = Kind::unfinished;
      end = sql_.size();
    }
    tokens_.push_back({kind, at_, sql_.substr(at_, end - at_)});
    at_ = end;
  }

  void comment() {
    std::size_t depth = 0, at = at_;
    do {
      std::size_t next = sql_.find_first_of("*/", at);
      if (next == npos || next + 1 >= sql_.size()) return add(Kind::unfinished, npos);
      std::string_view two = sql_.substr(next, 2);
      at = next + (two == "/*" || two == "*/" ? 2 : 1);
      if (two == "/*" && (postgres_ || depth == 0)) ++depth;  // SQLite's do not nest
      if (two == "*/") --depth;
    } while (depth > 0);
    at_ = at;
  }

  void token() {
    char c = sql_[at_];
    if (postgres_ && (c == 'e' || c == 'E') && sql_.substr(at_ + 1).starts_with('\''))
      return add(Kind::string, end_of_escape_string(at_ + 1));
    if (starts_word(c)) return add(Kind::word, end_of(continues_word));
    if (is_digit(c)) return add(Kind::number, end_of(continues_word));
    if (c == '\'') return add(Kind::string, end_of_quoted(at_, '\''));
    if (c == '"') return add(Kind::name, end_of_quoted(at_, '"'));
    if (!postgres_ && c == '`') return add(Kind::name, end_of_quoted(at_, '`'));
    if (!postgres_ && c == '[') return add(Kind::name, after(sql_.find(']', at_)));
    if (postgres_ && c == '$')
      if (std::size_t tag = dollar_tag(); tag > 0) return add(Kind::string, end_of_dollar(tag));
    add(Kind::symbol, at_ + 1);
  }

  std::size_t end_of(bool (*belongs)(char)) const {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && belongs(sql_[end])) ++end;
    return end;
  }

  static std::size_t after(std::size_t at) { return at == npos ? npos : at + 1; }

  /// A quote is written by doubling it.
  std::size_t end_of_quoted(std::size_t start, char quote) const {
    for (std::size_t at = start + 1;;) {
      at = sql_.find(quote, at);
      if (at == npos) return npos;
      if (at + 1 >= sql_.size() || sql_[at + 1] != quote) return at + 1;
      at += 2;
    }
  }

  /// E'…': a backslash takes the next character with it, in the continuations on
  /// following lines too.
  std::size_t end_of_escape_string(std::size_t start) const {
    std::size_t at = start + 1;
    for (;;) {
      at = sql_.find_first_of("\\'", at);
      if (at == npos) return npos;
      if (sql_[at] == '\\' || sql_.substr(at + 1).starts_with('\'')) {
        at += 2;
        continue;
      }
      std::size_t next = at + 1;
      bool new_line = false;
      for (; next < sql_.size() && is_space(sql_[next]); ++next) new_line |= sql_[next] == '\n';
      if (!new_line || next >= sql_.size() || sql_[next] != '\'') return at + 1;
      at = next + 1;
    }
  }

  /// The length of `$tag$` at the current place; 0 where none starts.
  std::size_t dollar_tag() const {
    std::size_t end = at_ + 1;
    if (end < sql_.size() && is_digit(sql_[end])) return 0;
    while (end < sql_.size() && sql_[end] != '$' && continues_word(sql_[end])) ++end;
    return end < sql_.size() && sql_[end] == '$' ? end + 1 - at_ : 0;
  }

  std::size_t end_of_dollar(std::size_t tag) const {
    std::size_t end = sql_.find(sql_.substr(at_, tag), at_ + tag);
    return end == npos ? npos : end + tag;
  }

  std::string_view sql_;
  bool postgres_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

bool Token::is(std::string_view keyword) const {
  if (kind != Kind::word || text.size() != keyword.size()) return false;
  return std::ranges::equal(text, keyword,
                            [](char a, char b) { return a == b || (a ^ 0x20) == b; });
}

std::vector<Token> tokenize(std::string_view sql, Engine engine) {
  return Lexer(sql, engine).all();
}

std::string name_of(const Token& token, Engine engine) {
  if (token.kind == Token::Kind::word)
    return engine == Engine::postgresql ? lower(token.text) : std::string(token.text);
  if (token.kind != Token::Kind::name || token.text.size() < 2) return std::string(token.text);
  char quote = token.text.back();
  std::string inside(token.text.substr(1, token.text.size() - 2));
  return replace_all(std::move(inside), std::string(2, quote), std::string(1, quote));
}

}  // namespace tidemark
