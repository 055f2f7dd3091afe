#include "folder/json_place.h"

#include <algorithm>

#include "base/json.h"

namespace tidemark {
namespace {

/// Walks over well-formed JSON. On anything else it ends at the end of the text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::size_t position() const { return at_; }
  bool at_end() const { return at_ >= text_.size(); }
  char peek() {
    skip_space();
    return at_end() ? '\0' : text_[at_];
  }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  /// The token of a string, with its quotes; empty when there is none.
  std::string_view string_token() {
    if (peek() != '"') return {};
    std::size_t start = at_++;
    while (!at_end() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_end()) return at_ = text_.size(), std::string_view{};
    ++at_;
    return text_.substr(start, at_ - start);
  }

  void skip_value() {
    std::size_t depth = 0;
    do {
      char next = peek();
      if (next == '"') {
        if (string_token().empty()) return;
        continue;
      }
      if (next == '{' || next == '[') ++depth;
      if (next == '}' || next == ']') {
        if (depth == 0) return;
        --depth;
      }
      if (at_end()) return;
      if (std::string_view("{}[],:").find(next) != std::string_view::npos)
        ++at_;
      else
        skip_word();
    } while (depth > 0);
  }

 private:
  void skip_space() {
    while (!at_end() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  void skip_word() {
    std::size_t end = text_.find_first_of(" \t\r\n{}[],:\"", at_);
    at_ = std::max(at_ + 1, std::min(end, text_.size()));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string unquoted(std::string_view token) {
  boost::system::error_code error;
  json::value value = json::parse(token, error);
  return error || !value.is_string() ? std::string(token) : std::string(value.get_string());
}

/// Moves the scanner into the member or element `step` of the value it stands
/// at. `place` becomes the member's key, or the element.
bool enter(Scanner& scanner, const std::string& step, std::size_t& place) {
  if (scanner.take('{')) {
    while (scanner.peek() == '"') {
      std::size_t key_at = scanner.position();
      std::string key = unquoted(scanner.string_token());
      if (!scanner.take(':')) return false;
      if (key == step) return place = key_at, true;
      scanner.skip_value();
      if (!scanner.take(',')) return false;
    }
    return false;
  }
  if (!scanner.take('[')) return false;
  for (std::size_t index = 0; scanner.peek() != ']' && !scanner.at_end(); ++index) {
    if (std::to_string(index) == step) return place = scanner.position(), true;
    scanner.skip_value();
    if (!scanner.take(',')) return false;
  }
  return false;
}

}  // namespace

std::size_t place_of(std::string_view text, std::span<const std::string> path) {
  Scanner scanner(text);
  scanner.peek();
  std::size_t place = scanner.at_end() ? 0 : scanner.position();
  for (const std::string& step : path)
    if (!enter(scanner, step, place)) break;
  return place;
}

std::vector<std::optional<std::string>> top_strings(std::string_view text,
                                                    std::span<const std::string_view> keys) {
  std::vector<std::optional<std::string>> found(keys.size());
  std::size_t missing = keys.size();
  Scanner scanner(text);
  if (!scanner.take('{')) return found;
  while (missing > 0) {
    std::string_view key = scanner.string_token();
    if (key.empty() || !scanner.take(':')) return found;
    auto wanted = std::ranges::find(keys, key.substr(1, key.size() - 2));
    if (wanted != keys.end() && scanner.peek() == '"') {
      std::string_view token = scanner.string_token();
      if (token.empty()) return found;
      std::optional<std::string>& slot = found[static_cast<std::size_t>(wanted - keys.begin())];
      missing -= slot ? 0 : 1;
      slot = unquoted(token);
    } else {
      scanner.skip_value();
    }
    if (!scanner.take(',')) break;
  }
  return found;
}

}  // namespace tidemark
