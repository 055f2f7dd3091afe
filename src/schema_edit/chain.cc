#include "schema_edit/chain.h"

#include <algorithm>

namespace tidemark::schema_edit {
namespace {

using script::Node;

std::string kind_of(std::string_view method) {
  if (method.starts_with("default")) return "default";
  if (method.ends_with("AsIdentity")) return "identity";
  return std::string(method);
}

/// What a method is called on, where that is a call too.
Node called_on(Node call) {
  Node function = call.field("function");
  Node object = function.is("member_expression") ? function.field("object") : Node(TSNode{});
  return object && object.is("call_expression") ? object : Node(TSNode{});
}

const Link* find(const std::vector<Link>& links, std::string_view kind) {
  auto found = std::ranges::find(links, kind, &Link::kind);
  return found == links.end() ? nullptr : &*found;
}

/// What stands for one link of the author's; empty where it goes.
std::string kept_or_new(const Link& own, const Link* before, const Link* after) {
  bool stays = before && after ? before->text == after->text : !before && !after;
  if (stays) return own.text;
  return after ? after->text : std::string();
}

}  // namespace

const Link* Chain::find(std::string_view kind) const { return schema_edit::find(links, kind); }

std::string Chain::text() const {
  std::string out = start;
  for (const Link& link : links) out += link.text;
  return out;
}

Chain chain_of(Node call, std::string_view text) {
  std::vector<Link> links;
  std::size_t end = call.end();
  for (Node below = called_on(call); below; call = below, below = called_on(call)) {
    Node method = call.field("function").field("property");
    std::string_view name = text.substr(method.begin(), method.end() - method.begin());
    if (name == "array") break;
    links.push_back(
        {kind_of(name), std::string(text.substr(below.end(), call.end() - below.end()))});
    end = below.end();
  }
  std::ranges::reverse(links);
  return {std::string(text.substr(call.begin(), end - call.begin())), std::move(links)};
}

Chain chain_of_pair(const std::string& pair) {
  std::string text = "({" + pair + "})";
  script::SyntaxTree tree(text, script::Grammar::typescript);
  Chain chain;
  script::walk(tree.root(), [&](Node node) {
    if (!node.is("pair") || !chain.start.empty()) return chain.start.empty();
    chain = chain_of(node.field("value"), text);
    return false;
  });
  return chain;
}

Chain merged(const Chain& own, const Chain& before, const Chain& after) {
  Chain out{before.start == after.start ? own.start : after.start, {}};
  for (const Link& link : own.links) {
    std::string text = kept_or_new(link, before.find(link.kind), after.find(link.kind));
    if (!text.empty()) out.links.push_back({link.kind, std::move(text)});
  }
  for (const Link& link : after.links) {
    const Link* was = before.find(link.kind);
    bool is_new = !was || was->text != link.text;
    if (is_new && !own.find(link.kind)) out.links.push_back(link);
  }
  return out;
}

}  // namespace tidemark::schema_edit
