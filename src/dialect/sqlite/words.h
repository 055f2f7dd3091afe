// A reader of SQL, word by word.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/sqlite/sql_text.h"
#include "tidemark/name.h"

namespace tidemark::sqlite_sql {

/// The words of a piece of SQL without space and comments. At the end all questions
/// are answered with no, and every word is empty.
class Words {
 public:
  explicit Words(std::string_view sql);

  bool done() const { return at_ >= words_.size(); }
  bool at(std::string_view keyword) const;  // in lower case; or a symbol
  bool at_any(std::initializer_list<std::string_view> keywords) const;
  /// Goes past the keywords if they are all here, in this order.
  bool take(std::initializer_list<std::string_view> keywords);
  void skip() { ++at_; }
  std::string_view next() const { return text(at_); }

  Name name();
  /// `(a, b)`: past it. `after` takes what follows each name, its collation and order.
  std::vector<Name> names(std::vector<std::string>* after = nullptr);
  /// The text of a pair of parentheses with all in it: past it; empty if there is none.
  std::string parentheses();
  /// A constant, or a pair of parentheses.
  std::string value();
  /// The text from a place to here, without space at its ends.
  std::string text_since(std::size_t place) const;
  std::string rest() const;
  std::size_t place() const { return at_; }
  /// Where the word that is next begins, in bytes.
  std::size_t offset() const;
  /// Where the last one ended.
  std::size_t end_of_last() const;
  /// Past everything up to the next comma or closing parenthesis of this level.
  void skip_item();

 private:
  std::string_view text(std::size_t at) const;

  std::string_view sql_;
  std::vector<Token> words_;
  std::size_t at_ = 0;
};

}  // namespace tidemark::sqlite_sql
