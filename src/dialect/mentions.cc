#include "dialect/mentions.h"

#include <cctype>

#include "base/text.h"
#include "dialect/postgres/words.h"

namespace tidemark {

namespace {

bool starts_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c < 0;
}
bool in_word(char c) {
  return starts_word(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$';
}

// The next identifier of a text; strings and comments are passed over.
class Identifiers {
 public:
  explicit Identifiers(std::string_view sql) : rest_(sql) {}

  /// False at the end. `quoted` tells whether `text` is exact or folded.
  bool next(std::string& text, bool& quoted) {
    while (!rest_.empty()) {
      char c = rest_.front();
      if (c == '\'') {
        delimited('\'');
      } else if (c == '"' || c == '`') {
        text = delimited(c);
        quoted = true;
        return true;
      } else if (rest_.starts_with("--")) {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      } else if (starts_word(c)) {
        text = lower(word());
        quoted = false;
        return true;
      } else {
        rest_.remove_prefix(1);
      }
    }
    return false;
  }

 private:
  std::string_view word() {
    std::size_t length = 0;
    while (length < rest_.size() && in_word(rest_[length])) ++length;
    std::string_view found = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return found;
  }

  // What stands between two marks; a doubled mark is one of its characters.
  std::string delimited(char mark) {
    std::string text;
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == mark) {
        if (rest_.empty() || rest_.front() != mark) break;
        rest_.remove_prefix(1);
      }
      text += c;
    }
    return text;
  }

  std::string_view rest_;
};

}  // namespace

Mentions::Mentions(std::string_view sql) {
  std::string text;
  bool quoted = false;
  for (Identifiers identifiers(sql); identifiers.next(text, quoted);)
    if (quoted)
      quoted_.insert(text);
    else if (!postgres_dialect::is_reserved(text))
      folded_.insert(text);
}

bool Mentions::of(const Name& name) const {
  return quoted_.contains(name.text()) || folded_.contains(lower(name.text()));
}

}  // namespace tidemark
