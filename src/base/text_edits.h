// Changes to a text, and how they look to somebody who is to make them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The bytes from `begin` to `end` give way to `text`.
struct TextEdit {
  std::size_t begin = 0, end = 0;
  std::string text;

  bool operator==(const TextEdit&) const = default;
};

class TextEdits {
 public:
  /// False where the bytes are changed already: the first change stays. Insertions at one
  /// place follow each other.
  bool add(TextEdit edit);
  bool empty() const { return edits_.empty(); }

  std::string applied_to(std::string_view text) const;
  /// As `diff -u` writes it and `patch` takes it, with three lines around each change.
  std::string unified_diff(std::string_view text, const std::string& name) const;

 private:
  std::vector<TextEdit> edits_;  // in the order of the text
};

}  // namespace tidemark
