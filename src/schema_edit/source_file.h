// A schema file as its author wrote it: where things stand in it, and what is to change.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_edits.h"
#include "source/script/syntax_tree.h"
#include "tidemark/error.h"

namespace tidemark::schema_edit {

using script::Node;

class SourceFile {
 public:
  explicit SourceFile(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string text_of(Node node) const {
    return text_.substr(node.begin(), node.end() - node.begin());
  }
  Node root() const { return tree_.root(); }

  /// The call of a place that evaluating the file gave; null where there is none.
  Node call_at(const SourceRange& place) const;
  /// What stands in front of the line of an offset.
  std::string indentation_at(std::size_t offset) const;
  bool begins_its_line(std::size_t offset) const;

  void replace(Node node, std::string text) { edit({node.begin(), node.end(), std::move(text)}); }
  void insert(std::size_t at, std::string text) { edit({at, at, std::move(text)}); }
  void erase(std::size_t begin, std::size_t end) { edit({begin, end, ""}); }
  /// An element of a list with its comma, or a statement; whole lines where they are.
  void remove(Node node);
  /// Behind the last element of an array or object that stays, written as that one is.
  void append(Node list, const std::vector<std::string>& items);
  /// A statement between the imports and the rest.
  void insert_first(const std::string& statement);
  void insert_last(const std::string& statement);

  /// Names from another module; those that are imported already are left out.
  void import(const std::set<std::string>& names, const std::string& module);

  const TextEdits& edits() const { return edits_; }

 private:
  void edit(TextEdit edit) { edits_.add(std::move(edit)); }
  std::size_t line_begin(std::size_t offset) const;
  std::size_t line_end(std::size_t offset) const;  // with its line end
  std::size_t after_imports() const;
  Node last_that_stays(Node list) const;

  std::filesystem::path path_;
  std::string text_;
  script::SyntaxTree tree_;
  TextEdits edits_;
  std::set<std::size_t> removed_;  // where elements begin
};

script::Grammar grammar_of(const std::filesystem::path& file);

/// The nearest call around a node, itself included.
Node enclosing_call(Node node);
/// `text('a')` → `text('a').notNull().unique()`.
Node whole_chain(Node call);
/// The element of an array or object that a node is in; null outside of both.
Node element_of(Node node);
/// `users = pgTable(…)`; null where a node is in none.
Node declarator_of(Node node);
/// The statement at the top of the file.
Node statement_of(Node node);
/// An argument of a call; null where it has fewer.
Node argument(Node call, std::size_t index);

}  // namespace tidemark::schema_edit
