#include "source/script/syntax_tree.h"

extern "C" {
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_tsx();
}

namespace tidemark::script {
namespace {
struct DeleteParser {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
}  // namespace

const TSLanguage* language(Grammar grammar) {
  return grammar == Grammar::tsx ? tree_sitter_tsx() : tree_sitter_typescript();
}

SyntaxTree::SyntaxTree(std::string_view text, Grammar grammar) {
  std::unique_ptr<TSParser, DeleteParser> parser(ts_parser_new());
  ts_parser_set_language(parser.get(), language(grammar));
  tree_.reset(ts_parser_parse_string(parser.get(), nullptr, text.data(),
                                     static_cast<std::uint32_t>(text.size())));
}

Node Node::find(std::string_view type) const {
  for (std::uint32_t i = 0; i < size(); ++i)
    if (Node found = child(i); found.is(type)) return found;
  return Node(TSNode{});
}

}  // namespace tidemark::script
