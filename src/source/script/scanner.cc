#include "source/script/scanner.h"

#include <algorithm>
#include <array>

namespace tidemark::script {
namespace {

constexpr std::array<bool, 256> make_word_bytes() {
  std::array<bool, 256> table{};
  for (int byte = 0; byte < 256; ++byte)
    table[static_cast<std::size_t>(byte)] =
        (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
        (byte >= '0' && byte <= '9') || byte == '_' || byte == '$' || byte == '\\' || byte >= 0x80;
  return table;
}
constexpr std::array<bool, 256> word_bytes = make_word_bytes();

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/// Words behind which a value begins, so that `/` starts a regex.
bool expects_value(std::string_view word) {
  static constexpr std::array<std::string_view, 17> words = {
      "return", "typeof", "case",  "in",    "of", "new",   "delete",     "void",   "throw",
      "do",     "else",   "await", "yield", "if", "while", "instanceof", "extends"};
  return word.size() <= 10 && std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_word_byte(char byte) { return word_bytes[static_cast<unsigned char>(byte)]; }

Scanner::Scanner(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) position_ = 3;
  if (text_.substr(position_).starts_with("#!")) skip_line_comment();
}

Token Scanner::next() {
  Token token;
  token.after_line_end = skip_blank();
  token.begin = position_;
  if (position_ >= text_.size()) {
    token.end = position_;
    return token;
  }
  char byte = text_[position_];
  if (is_digit(byte) || (byte == '.' && is_digit(at(position_ + 1)))) return number(token);
  if (is_word_byte(byte)) return word(token);
  switch (byte) {
    case '"':
    case '\'':
      return string(token, byte);
    case '`':
      return template_piece(token);
    case '#':
      token.kind = Token::Kind::private_;
      return word(token);
    case '/':
      return after_value_ ? punctuator(token) : regex(token);
    case '(':
    case '[':
    case '{':
      return open(token, byte);
    case ')':
    case ']':
    case '}':
      return close(token);
    default:
      return punctuator(token);
  }
}

/// Whether a line ended in what was skipped.
bool Scanner::skip_blank() {
  bool line_end = false;
  for (; position_ < text_.size(); ++position_) {
    char byte = text_[position_];
    if (byte == '\n' || byte == '\r') {
      line_end = true;
    } else if (byte == '/' && at(position_ + 1) == '/') {
      skip_line_comment();
      --position_;
    } else if (byte == '/' && at(position_ + 1) == '*') {
      line_end |= skip_block_comment();
    } else if (byte == '\xC2' && at(position_ + 1) == '\xA0') {
      ++position_;  // a no-break space
    } else if (byte != ' ' && byte != '\t' && byte != '\v' && byte != '\f') {
      break;
    }
  }
  return line_end;
}

void Scanner::skip_line_comment() {
  position_ = std::min(text_.find_first_of("\r\n", position_), text_.size());
}

bool Scanner::skip_block_comment() {
  std::size_t end = text_.find("*/", position_ + 2);
  std::string_view comment = text_.substr(position_, end - position_);
  position_ = end == std::string_view::npos ? text_.size() - 1 : end + 1;
  return comment.find('\n') != std::string_view::npos;
}

Token Scanner::finish(Token token, std::size_t end, bool ends_value) {
  token.end = position_ = std::min(end, text_.size());
  after_value_ = ends_value;
  head_of_block_ = false;
  return token;
}

Token Scanner::word(Token token) {
  std::size_t end = position_ + 1;
  while (end < text_.size() && is_word_byte(text_[end])) ++end;
  std::string_view word = text_.substr(position_, end - position_);
  if (token.kind == Token::Kind::end) token.kind = Token::Kind::word;
  bool property = position_ > 0 && text_[position_ - 1] == '.';
  finish(token, end, property || !expects_value(word));
  head_of_block_ =
      !property && (word == "if" || word == "while" || word == "for" || word == "with");
  token.end = position_;
  return token;
}

Token Scanner::number(Token token) {
  token.kind = Token::Kind::number;
  std::size_t end = position_;
  while (end < text_.size()) {
    bool exponent_sign = (text_[end] == '+' || text_[end] == '-') && end > position_ &&
                         (text_[end - 1] == 'e' || text_[end - 1] == 'E') &&
                         !text_.substr(position_).starts_with("0x");
    if (!is_word_byte(text_[end]) && text_[end] != '.' && !exponent_sign) break;
    ++end;
  }
  return finish(token, end, true);
}

Token Scanner::string(Token token, char quote) {
  token.kind = Token::Kind::string;
  std::size_t end = position_ + 1;
  while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
    end += text_[end] == '\\' ? 2 : 1;
  return finish(token, end + 1, true);
}

/// From a backquote, or from the brace that ends `${…}`, to the next `${` or the
/// last backquote.
Token Scanner::template_piece(Token token) {
  token.kind = Token::Kind::template_;
  for (std::size_t end = position_ + 1; end < text_.size(); ++end) {
    if (text_[end] == '\\') {
      ++end;
    } else if (text_[end] == '`') {
      return finish(token, end + 1, true);
    } else if (text_[end] == '$' && at(end + 1) == '{') {
      brackets_.push_back({'$', true});
      return finish(token, end + 2, false);
    }
  }
  return finish(token, text_.size(), true);
}

Token Scanner::regex(Token token) {
  bool in_class = false;
  for (std::size_t end = position_ + 1; end < text_.size() && text_[end] != '\n'; ++end) {
    char byte = text_[end];
    if (byte == '\\') {
      ++end;
    } else if (byte == '[') {
      in_class = true;
    } else if (byte == ']') {
      in_class = false;
    } else if (byte == '/' && !in_class) {
      while (is_word_byte(at(end + 1))) ++end;
      token.kind = Token::Kind::regex;
      return finish(token, end + 1, true);
    }
  }
  return punctuator(token);
}

Token Scanner::punctuator(Token token) {
  static constexpr std::array<std::string_view, 12> longer = {"...", "=>", "?.", "++", "--", "&&",
                                                              "||",  "??", "==", "!=", "<=", ">="};
  token.kind = Token::Kind::punctuator;
  std::string_view rest = text_.substr(position_, 3);
  std::size_t length = 1;
  for (std::string_view candidate : longer)
    if (rest.starts_with(candidate)) {
      length = candidate.size();
      break;
    }
  if (rest.starts_with("?.") && rest.size() > 2 && is_digit(rest[2])) length = 1;
  bool steps = rest.starts_with("++") || rest.starts_with("--");
  return finish(token, position_ + length, steps && after_value_);
}

Token Scanner::open(Token token, char bracket) {
  token.kind = Token::Kind::punctuator;
  // Behind `}` a regex is likelier than the division of an object.
  bool ends_value = bracket != '{' && !head_of_block_;
  brackets_.push_back({bracket, ends_value});
  return finish(token, position_ + 1, false);
}

Token Scanner::close(Token token) {
  token.kind = Token::Kind::punctuator;
  Bracket bracket{'(', true};
  if (!brackets_.empty()) {
    bracket = brackets_.back();
    brackets_.pop_back();
  }
  if (bracket.open == '$' && text_[position_] == '}') return template_piece(token);
  return finish(token, position_ + 1, bracket.ends_value);
}

}  // namespace tidemark::script
