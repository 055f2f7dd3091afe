#include "dialect/sqlite/words.h"

#include <algorithm>

#include "base/text.h"

namespace tidemark::sqlite_sql {

Words::Words(std::string_view sql) : sql_(sql), words_(tokens_of(sql)) {
  std::erase_if(words_, [](const Token& token) { return token.kind == Token::Kind::space; });
}

std::string_view Words::text(std::size_t at) const {
  return at < words_.size() ? words_[at].text : std::string_view();
}

bool Words::at(std::string_view keyword) const {
  if (done()) return false;
  bool plain = words_[at_].kind == Token::Kind::word || words_[at_].kind == Token::Kind::other;
  return plain && lower(words_[at_].text) == keyword;
}

bool Words::at_any(std::initializer_list<std::string_view> keywords) const {
  return std::ranges::any_of(keywords, [&](std::string_view one) { return at(one); });
}

bool Words::take(std::initializer_list<std::string_view> keywords) {
  std::size_t start = at_;
  for (std::string_view keyword : keywords) {
    if (!at(keyword)) {
      at_ = start;
      return false;
    }
    ++at_;
  }
  return true;
}

Name Words::name() {
  if (done()) return {};
  return Name(name_in(words_[at_++]));
}

std::vector<Name> Words::names(std::vector<std::string>* after) {
  std::vector<Name> found;
  if (!take({"("})) return found;
  while (!done() && !at(")")) {
    found.push_back(name());
    std::size_t start = place();
    skip_item();
    if (after) after->push_back(text_since(start));
    if (!take({","})) break;
  }
  take({")"});
  return found;
}

std::string Words::parentheses() {
  std::size_t start = at_;
  if (!take({"("})) return {};
  for (int depth = 1; depth > 0 && !done(); skip()) depth += at("(") ? 1 : at(")") ? -1 : 0;
  return text_since(start);
}

std::string Words::value() {
  if (at("(")) return parentheses();
  std::size_t start = at_;
  if (at_any({"-", "+"})) skip();
  bool in_quotes = !done() && (words_[at_].kind == Token::Kind::string ||
                               words_[at_].kind == Token::Kind::quoted);
  skip();
  // A number with a point or an exponent, and x'00', are several words that touch.
  while (!in_quotes && !done() && !at_any({",", ")", "("}) &&
         text(at_).data() == text(at_ - 1).data() + text(at_ - 1).size())
    skip();
  return text_since(start);
}

std::string Words::text_since(std::size_t place) const {
  if (place >= at_ || place >= words_.size()) return {};
  std::string_view first = text(place), last = text(std::min(at_, words_.size()) - 1);
  return {first.data(), last.data() + last.size()};
}

std::size_t Words::offset() const {
  return done() ? sql_.size() : static_cast<std::size_t>(text(at_).data() - sql_.data());
}

std::size_t Words::end_of_last() const {
  if (at_ == 0) return 0;
  std::string_view last = text(at_ - 1);
  return static_cast<std::size_t>(last.data() - sql_.data()) + last.size();
}

std::string Words::rest() const {
  if (done()) return {};
  std::string_view first = text(at_), last = words_.back().text;
  return {first.data(), last.data() + last.size()};
}

void Words::skip_item() {
  while (!done() && !at_any({",", ")"}))
    if (at("("))
      parentheses();
    else
      skip();
}

}  // namespace tidemark::sqlite_sql
