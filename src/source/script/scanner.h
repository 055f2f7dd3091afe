// The tokens of JavaScript, fast. Knows strings, templates, comments and regular
// expressions well enough to never take their insides for code; knows nothing of
// grammar. Mistakes in the text end a token early and are left to the parser.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tidemark::script {

struct Token {
  enum class Kind : std::uint8_t {
    end,
    word,      // an identifier or a keyword
    private_,  // #name
    number,
    string,
    template_,  // one of the pieces around `${…}`
    regex,
    punctuator,
  };

  Kind kind = Kind::end;
  bool after_line_end = false;
  std::size_t begin = 0;
  std::size_t end = 0;

  explicit operator bool() const { return kind != Kind::end; }
};

class Scanner {
 public:
  explicit Scanner(std::string_view text);

  /// The next token; its kind is `end` when there is none.
  Token next();

  std::string_view text(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  bool is(const Token& token, std::string_view what) const { return text(token) == what; }

  /// How many brackets are open behind the last token.
  std::size_t depth() const { return brackets_.size(); }

 private:
  struct Bracket {
    char open;        // ( [ { or $ for ${
    bool ends_value;  // what stands behind its closing one divides, it starts no regex
  };

  bool skip_blank();
  void skip_line_comment();
  bool skip_block_comment();
  Token finish(Token token, std::size_t end, bool ends_value);
  Token word(Token token);
  Token number(Token token);
  Token string(Token token, char quote);
  Token template_piece(Token token);
  Token regex(Token token);
  Token punctuator(Token token);
  Token open(Token token, char bracket);
  Token close(Token token);
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }

  std::string_view text_;
  std::size_t position_ = 0;
  bool after_value_ = false;  // so `/` divides
  bool head_of_block_ =
      false;  // `if`, `while`, `for`, `with`: behind their `(…)` a regex may stand
  std::vector<Bracket> brackets_;
};

/// Whether a byte can be part of an identifier; all of UTF-8's are taken to be.
bool is_word_byte(char byte);

}  // namespace tidemark::script
