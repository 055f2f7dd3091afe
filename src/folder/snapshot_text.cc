// Snapshots compared as texts.
#include <cstring>

#include "folder/snapshot.h"

namespace tidemark {
namespace {

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Reads a JSON text token by token, a string's quotes being part of it. Ids at the
/// top level are passed over with their commas.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  /// Empty after the end of the first value.
  std::string_view next() {
    std::string_view token = read();
    while (depth_ == 1 && (token == R"("id")" || token == R"("prevId")")) {
      for (int rest = 0; rest < 3; ++rest) read();  // colon, value, comma
      token = read();
    }
    return token;
  }

 private:
  std::string_view read() {
    while (at_ < text_.size() && is_white(text_[at_])) ++at_;
    if (at_ >= text_.size() || (at_ > 0 && depth_ == 0)) return {};
    std::size_t start = at_;
    char first = text_[at_++];
    if (first == '"') {
      skip_string();
    } else if (first == '{' || first == '[') {
      ++depth_;
    } else if (first == '}' || first == ']') {
      --depth_;
    } else if (first != ',' && first != ':') {
      while (at_ < text_.size() && !is_white(text_[at_]) && !std::strchr(",]}", text_[at_])) ++at_;
    }
    return text_.substr(start, at_ - start);
  }

  void skip_string() {
    for (;;) {
      std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        at_ = text_.size();
        return;
      }
      std::size_t slashes = quote;
      while (slashes > at_ && text_[slashes - 1] == '\\') --slashes;
      at_ = quote + 1;
      if ((quote - slashes) % 2 == 0) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

bool same_text(std::string_view snapshot, std::string_view other) {
  Tokens left(snapshot), right(other);
  for (;;) {
    std::string_view token = left.next();
    if (token != right.next()) return false;
    if (token.empty()) return true;
  }
}

}  // namespace tidemark
