#include "source/script/grammar_repair.h"

#include <algorithm>
#include <array>
#include <vector>

#include "source/script/edits.h"
#include "source/script/scanner.h"

namespace tidemark::script {
namespace {

class Repair {
 public:
  explicit Repair(std::string_view text) : original_(text), text_(text) {
    Scanner scanner(text);
    while (Token token = scanner.next()) tokens_.push_back(token);
  }

  std::string known_gaps() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      star_of_types(i);
      variance(i);
      import_type(i);
    }
    return std::move(text_);
  }

  std::string without_template_arguments() {
    Edits edits(original_);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      std::size_t behind = behind_arguments_of(i);
      if (behind != 0 && tokens_[behind].kind == Token::Kind::template_)
        edits.blank(tokens_[i + 1].begin, tokens_[behind - 1].end);
    }
    return edits.empty() ? std::move(text_) : edits.apply();
  }

  std::string all_simple_types() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      alias(i);
      arguments_of_call(i);
    }
    return std::move(text_);
  }

 private:
  bool is(std::size_t index, std::string_view what) const {
    return index < tokens_.size() && original_.substr(tokens_[index].begin, what.size()) == what &&
           tokens_[index].end - tokens_[index].begin == what.size();
  }
  bool is_word(std::size_t index) const {
    return index < tokens_.size() && tokens_[index].kind == Token::Kind::word;
  }
  template <typename Words>
  bool is_any(std::size_t index, const Words& words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return is(index, word); });
  }

  /// Spaces with `text` at the end, which keeps the range whole in the tree.
  void fill(std::size_t begin, std::size_t end, std::string_view text = "") {
    for (std::size_t i = begin; i < end; ++i)
      if (text_[i] != '\n') text_[i] = ' ';
    text_.replace(end - text.size(), text.size(), text);
  }

  /// `export type * from 'x'` and `export type * as y from 'x'`
  void star_of_types(std::size_t i) {
    if (!is(i, "export") || !is(i + 1, "type") || !is(i + 2, "*")) return;
    std::size_t from = is(i + 3, "as") ? i + 5 : i + 3;
    if (is(from, "from")) fill(tokens_[i + 2].begin, tokens_[from].begin, "{}");
  }

  /// `<in out T>`; an `out` that is itself the name is followed by no word but `extends`.
  void variance(std::size_t i) {
    if (i == 0 || !(is(i, "in") || is(i, "out"))) return;
    bool opens = is(i - 1, "<") || is(i - 1, ",") || is(i - 1, "in") || is(i - 1, "const");
    if (opens && is_word(i + 1) && !is(i + 1, "extends")) fill(tokens_[i].begin, tokens_[i].end);
  }

  /// `import("x").Y`, which the grammar knows in annotations only.
  void import_type(std::size_t i) {
    bool whole = is(i, "import") && is(i + 1, "(") && i + 3 < tokens_.size() &&
                 tokens_[i + 2].kind == Token::Kind::string && is(i + 3, ")");
    if (whole) fill(tokens_[i].begin, tokens_[i + 3].end, "iiiiii");
  }

  /// The token behind the `>` that closes the `<` at `i`; 0 when there is none.
  std::size_t behind_arguments(std::size_t i) const {
    std::size_t angles = 0, brackets = 0;
    for (; i < tokens_.size(); ++i) {
      if (is(i, "<")) ++angles;
      if (is(i, "(") || is(i, "[") || is(i, "{")) ++brackets;
      if (is(i, ")") || is(i, "]") || is(i, "}")) {
        if (brackets == 0) return 0;
        --brackets;
      }
      if (is(i, ";") && brackets == 0) return 0;
      if (is(i, ">") && --angles == 0) return brackets == 0 ? i + 1 : 0;
    }
    return 0;
  }

  /// The bracket behind the type arguments of the word at `i`; 0 when it has none.
  std::size_t behind_arguments_of(std::size_t i) const {
    bool opens = is_word(i) && is(i + 1, "<") && tokens_[i + 1].begin == tokens_[i].end;
    std::size_t behind = opens ? behind_arguments(i + 1) : 0;
    return behind < tokens_.size() ? behind : 0;
  }

  void arguments_of_call(std::size_t i) {
    std::size_t behind = behind_arguments_of(i);
    if (behind != 0 && is(behind, "(")) fill(tokens_[i + 2].begin, tokens_[behind - 1].begin, "0");
  }

  /// `type Name = …`
  void alias(std::size_t i) {
    if (!is(i, "type") || !is_word(i + 1) || tokens_[i + 1].after_line_end) return;
    std::size_t equals = is(i + 2, "<") ? behind_arguments(i + 2) : i + 2;
    if (!is(equals, "=")) return;
    std::size_t behind = behind_type(equals + 1);
    if (behind > equals + 1) fill(tokens_[equals + 1].begin, tokens_[behind - 1].end, "0");
  }

  std::size_t behind_type(std::size_t i) const {
    std::size_t begin = i, depth = 0;
    for (; i < tokens_.size(); ++i) {
      if (depth == 0 && i > begin && (is(i, ";") || starts_statement(i))) return i;
      if (is(i, "<") || is(i, "(") || is(i, "[") || is(i, "{")) ++depth;
      if (is(i, ">") || is(i, ")") || is(i, "]") || is(i, "}")) {
        if (depth == 0) return i;
        --depth;
      }
    }
    return i;
  }

  bool starts_statement(std::size_t i) const {
    static constexpr std::array<std::string_view, 17> continues_behind = {
        "|",      "&",       "=",     "=>",       "?",   ":",      ",",       ".", "keyof",
        "typeof", "extends", "infer", "readonly", "new", "unique", "asserts", "is"};
    static constexpr std::array<std::string_view, 3> continues_with = {"extends", "is", "in"};
    return tokens_[i].after_line_end && (is_word(i) || is(i, "@")) && !is_any(i, continues_with) &&
           !is_any(i - 1, continues_behind);
  }

  std::string_view original_;
  std::string text_;
  std::vector<Token> tokens_;
};

}  // namespace

std::string repair_for_grammar(std::string_view text) { return Repair(text).known_gaps(); }

std::string erase_template_arguments(std::string_view text) {
  return Repair(text).without_template_arguments();
}

std::string simplify_types(std::string_view text) { return Repair(text).all_simple_types(); }

}  // namespace tidemark::script
