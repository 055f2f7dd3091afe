// Changes to a text that leave lines, and as far as they can columns, in place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::script {

/// Collects changes and makes them in one pass. A change that begins inside an
/// earlier one is lost: what encloses it was blanked.
class Edits {
 public:
  explicit Edits(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  std::string_view text(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

  /// One space for every character, line ends kept. `first` takes the place of
  /// the first character.
  void blank(std::size_t begin, std::size_t end, char first = ' ');
  /// The line ends of the range are kept behind the replacement.
  void replace(std::size_t begin, std::size_t end, std::string replacement);
  void insert(std::size_t at, std::string addition);

  bool empty() const { return edits_.empty(); }
  std::string apply();

 private:
  struct Edit {
    std::size_t begin, end;
    std::string replacement;
    bool blank;
  };
  void append_blank(std::string& out, const Edit& edit) const;
  void append_replacement(std::string& out, const Edit& edit) const;

  std::string_view text_;
  std::vector<Edit> edits_;
};

}  // namespace tidemark::script
