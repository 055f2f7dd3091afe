// tree-sitter's trees, with C++ manners.
#pragma once

#include <tree_sitter/api.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace tidemark::script {

/// Plain TypeScript, or the dialect of .tsx files.
enum class Grammar : std::uint8_t { typescript, tsx };

/// A node of a tree; valid as long as the tree is.
class Node {
 public:
  explicit Node(TSNode node) : node_(node) {}

  std::size_t begin() const { return ts_node_start_byte(node_); }
  std::size_t end() const { return ts_node_end_byte(node_); }
  TSSymbol symbol() const { return ts_node_symbol(node_); }
  std::string_view type() const { return ts_node_type(node_); }
  bool is(std::string_view type) const { return this->type() == type; }
  bool named() const { return ts_node_is_named(node_); }
  bool has_error() const { return ts_node_has_error(node_); }
  explicit operator bool() const { return !ts_node_is_null(node_); }

  Node parent() const { return Node(ts_node_parent(node_)); }
  Node next() const { return Node(ts_node_next_sibling(node_)); }
  Node previous() const { return Node(ts_node_prev_sibling(node_)); }
  std::uint32_t size() const { return ts_node_child_count(node_); }
  Node child(std::uint32_t index) const { return Node(ts_node_child(node_, index)); }
  Node field(std::string_view name) const {
    return Node(
        ts_node_child_by_field_name(node_, name.data(), static_cast<std::uint32_t>(name.size())));
  }
  /// The first child of a type; a null node when there is none.
  Node find(std::string_view type) const;

  TSNode raw() const { return node_; }

 private:
  TSNode node_;
};

class SyntaxTree {
 public:
  SyntaxTree(std::string_view text, Grammar grammar);

  Node root() const { return Node(ts_tree_root_node(tree_.get())); }
  bool has_error() const { return root().has_error(); }

 private:
  struct Delete {
    void operator()(TSTree* tree) const { ts_tree_delete(tree); }
  };
  std::unique_ptr<TSTree, Delete> tree_;
};

const TSLanguage* language(Grammar grammar);

/// Visits every node in the order of the text. `visit` says whether to go into
/// the node's children. Needs no stack, however deep the tree is.
template <typename Visit>
void walk(Node root, Visit visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(root.raw());
  bool done = false;
  while (!done) {
    bool enter = visit(Node(ts_tree_cursor_current_node(&cursor)));
    if (enter && ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!done && !ts_tree_cursor_goto_next_sibling(&cursor))
      done = !ts_tree_cursor_goto_parent(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
}

}  // namespace tidemark::script
