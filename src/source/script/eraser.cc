#include "source/script/eraser.h"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "source/script/erasing.h"
#include "source/script/grammar_repair.h"

namespace tidemark::script {
namespace {

/// What to do with a kind of node; everything else is left and gone into.
enum class Rule : std::uint8_t {
  none,
  type,             // nothing but a type: blank it
  annotation,       // the same, with an eye on where an arrow may stand
  type_parameters,  // the same
  statement,        // a declaration of types
  member,           // a member of a class without a body
  field,
  method,
  abstract_class,
  parameter,
  declarator,
  assertion,  // x as T, x satisfies T
  prefix_assertion,
  non_null,
  import,
  specifier,
  import_alias,
  export_,
  enumeration,
  name_space,
  markup,
};

const std::unordered_map<std::string_view, Rule>& rules_by_name() {
  static const std::unordered_map<std::string_view, Rule> rules = {
      {"type_annotation", Rule::annotation},
      {"asserts_annotation", Rule::annotation},
      {"type_predicate_annotation", Rule::annotation},
      {"omitting_type_annotation", Rule::type},
      {"adding_type_annotation", Rule::type},
      {"opting_type_annotation", Rule::type},
      {"type_arguments", Rule::type},
      {"implements_clause", Rule::type},
      {"accessibility_modifier", Rule::type},
      {"override_modifier", Rule::type},
      {"decorator", Rule::type},
      {"type_parameters", Rule::type_parameters},
      {"interface_declaration", Rule::statement},
      {"type_alias_declaration", Rule::statement},
      {"ambient_declaration", Rule::statement},
      {"function_signature", Rule::statement},
      {"abstract_method_signature", Rule::member},
      {"method_signature", Rule::member},
      {"index_signature", Rule::member},
      {"public_field_definition", Rule::field},
      {"method_definition", Rule::method},
      {"abstract_class_declaration", Rule::abstract_class},
      {"required_parameter", Rule::parameter},
      {"optional_parameter", Rule::parameter},
      {"variable_declarator", Rule::declarator},
      {"as_expression", Rule::assertion},
      {"satisfies_expression", Rule::assertion},
      {"type_assertion", Rule::prefix_assertion},
      {"non_null_expression", Rule::non_null},
      {"import_statement", Rule::import},
      {"import_specifier", Rule::specifier},
      {"export_specifier", Rule::specifier},
      {"import_alias", Rule::import_alias},
      {"export_statement", Rule::export_},
      {"enum_declaration", Rule::enumeration},
      {"internal_module", Rule::name_space},
      {"module", Rule::name_space},
      {"jsx_element", Rule::markup},
      {"jsx_self_closing_element", Rule::markup},
  };
  return rules;
}

/// The rules of a grammar by the number of the node's kind.
std::vector<Rule> make_rules(Grammar grammar) {
  const TSLanguage* tables = language(grammar);
  std::vector<Rule> rules(ts_language_symbol_count(tables), Rule::none);
  for (TSSymbol symbol = 0; symbol < rules.size(); ++symbol) {
    if (ts_language_symbol_type(tables, symbol) != TSSymbolTypeRegular) continue;
    auto rule = rules_by_name().find(ts_language_symbol_name(tables, symbol));
    if (rule != rules_by_name().end()) rules[symbol] = rule->second;
  }
  return rules;
}

const std::vector<Rule>& rules_of(Grammar grammar) {
  static const std::vector<Rule> typescript = make_rules(Grammar::typescript);
  static const std::vector<Rule> tsx = make_rules(Grammar::tsx);
  return grammar == Grammar::tsx ? tsx : typescript;
}

class Eraser {
 public:
  Eraser(std::string_view text, Grammar grammar) : edits_(text), rules_(rules_of(grammar)) {}

  std::string run(Node root) {
    walk(root, [this](Node node) { return visit(node); });
    return edits_.apply();
  }

 private:
  /// Whether to go into the node.
  bool visit(Node node);
  bool blank(Node node);
  bool annotation(Node node);
  bool type_parameters(Node node);
  bool statement(Node node);
  bool field(Node node);
  bool parameter(Node node);
  bool assertion(Node node);
  bool prefix_assertion(Node node);
  bool import(Node node);
  bool specifier(Node node);
  bool import_alias(Node node);
  bool export_statement(Node node);
  bool name_space(Node node);
  bool modifier(Node node, std::string_view token);

  bool has_line_end(Node node) const {
    return edits_.text(node.begin(), node.end()).find('\n') != std::string_view::npos;
  }

  Edits edits_;
  const std::vector<Rule>& rules_;
};

bool Eraser::visit(Node node) {
  if (node.symbol() >= rules_.size()) return true;  // an ERROR node
  switch (rules_[node.symbol()]) {
    case Rule::none:
      return true;
    case Rule::type:
      return blank(node);
    case Rule::annotation:
      return annotation(node);
    case Rule::type_parameters:
      return type_parameters(node);
    case Rule::statement:
      return statement(node);
    case Rule::member:
      blank_statement(edits_, node);
      return false;
    case Rule::field:
      return field(node);
    case Rule::method:
      rewrite_parameter_properties(edits_, node);
      return modifier(node, "?");
    case Rule::abstract_class:
      return modifier(node, "abstract");
    case Rule::parameter:
      return parameter(node);
    case Rule::declarator:
      return modifier(node, "!");
    case Rule::assertion:
      return assertion(node);
    case Rule::prefix_assertion:
      return prefix_assertion(node);
    case Rule::non_null:
      return modifier(node, "!");
    case Rule::import:
      return import(node);
    case Rule::specifier:
      return specifier(node);
    case Rule::import_alias:
      return import_alias(node);
    case Rule::export_:
      return export_statement(node);
    case Rule::enumeration:
      rewrite_enum(edits_, node);
      return true;
    case Rule::name_space:
      return name_space(node);
    case Rule::markup:
      edits_.replace(node.begin(), node.end(), "null");
      return false;
  }
  return true;
}

bool Eraser::blank(Node node) {
  bool starts_member = node.is("accessibility_modifier") || node.is("override_modifier");
  // `x = 1` above `private ['y'] = 2` must not become `x = 1 ['y'] = 2`.
  char next = node.end() + 1 < edits_.text().size() ? edits_.text()[node.end() + 1] : ' ';
  bool joins = starts_member && (next == '[' || next == '*');
  edits_.blank(node.begin(), node.end(), joins ? ';' : ' ');
  return false;
}

/// No line may end between `)` and `=>`: where the type of an arrow function
/// spans lines, its parenthesis moves behind it.
bool Eraser::annotation(Node node) {
  Node before = node.previous();
  bool moves = before && before.is("formal_parameters") && node.parent().is("arrow_function") &&
               has_line_end(node);
  if (!moves) return blank(node);
  edits_.blank(before.end() - 1, before.end());
  edits_.blank(node.begin(), node.end() - 1);
  edits_.replace(node.end() - 1, node.end(), ")");
  return false;
}

/// Nor between `async` and `(`: `async <T,⏎ U>(x)` takes its parenthesis along.
bool Eraser::type_parameters(Node node) {
  Node after = node.next();
  bool moves = after && after.is("formal_parameters") && node.parent().is("arrow_function") &&
               node.previous() && has_line_end(node);
  if (!moves) return blank(node);
  edits_.blank(node.begin(), node.end(), '(');
  edits_.blank(after.begin(), after.begin() + 1);
  return false;
}

bool Eraser::statement(Node node) {
  blank_statement(edits_, node);
  return false;
}

bool Eraser::field(Node node) {
  if (node.find("declare") || node.find("abstract")) return statement(node);
  for (std::string_view token : {"readonly", "accessor", "?", "!"}) modifier(node, token);
  return true;
}

bool Eraser::parameter(Node node) {
  Node pattern = node.field("pattern");
  if (pattern && pattern.is("this")) {
    blank_with_comma(edits_, node);
    return false;
  }
  modifier(node, "readonly");
  return modifier(node, "?");
}

bool Eraser::assertion(Node node) {
  Node keyword = node.find(node.is("as_expression") ? "as" : "satisfies");
  if (!keyword) return true;
  // After a type a new line that opens a bracket is a new statement; after an
  // expression it is not.
  std::string_view rest = edits_.text().substr(node.end());
  std::size_t next = rest.find_first_not_of(" \t\r\n");
  bool joins = next != std::string_view::npos && rest[next] != ';' &&
               std::string_view("([`").find(rest[next]) != std::string_view::npos &&
               rest.substr(0, next).find('\n') != std::string_view::npos;
  edits_.blank(keyword.begin(), node.end(), joins ? ';' : ' ');
  return true;
}

/// `() => <T>{…}` returns an object; without the type it would be a block.
bool Eraser::prefix_assertion(Node node) {
  Node types = node.child(0);
  Node operand = node.child(node.size() - 1);
  if (!node.parent().is("arrow_function") || !operand.is("object")) return true;
  edits_.blank(types.begin(), types.end(), '(');
  edits_.insert(node.end(), ")");
  return true;
}

bool Eraser::import(Node node) {
  if (node.find("type") || node.find("typeof")) return statement(node);
  Node required = node.find("import_require_clause");
  if (required) edits_.replace(node.begin(), node.begin() + 6, "const ");
  return true;
}

bool Eraser::specifier(Node node) {
  Node first = node.child(0);
  bool types = !first.named() && (first.is("type") || first.is("typeof"));
  if (types) blank_with_comma(edits_, node);
  return !types;
}

bool Eraser::import_alias(Node node) {
  edits_.replace(node.begin(), node.begin() + 6, "const ");
  return false;
}

bool Eraser::export_statement(Node node) {
  static constexpr std::array only_types = {"interface_declaration", "type_alias_declaration",
                                            "ambient_declaration", "function_signature"};
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    Node part = node.child(i);
    for (std::string_view kind : only_types)
      if (part.is(kind)) return statement(node);
    if (!part.named() && (part.is("type") || part.is("as"))) return statement(node);
    if (part.is("internal_module") && !rewrite_namespace(edits_, part)) return statement(node);
    if (part.is("=")) edits_.replace(node.begin(), part.begin(), "module.exports ");
  }
  return true;
}

bool Eraser::name_space(Node node) {
  if (node.parent().is("export_statement")) return true;  // done there
  return rewrite_namespace(edits_, node) || statement(node);
}

bool Eraser::modifier(Node node, std::string_view token) {
  for (std::uint32_t i = 0; i < node.size(); ++i)
    if (Node child = node.child(i); !child.named() && child.is(token))
      edits_.blank(child.begin(), child.end());
  return true;
}

}  // namespace

void blank_statement(Edits& edits, Node node) { edits.blank(node.begin(), node.end(), ';'); }

void blank_with_comma(Edits& edits, Node node) {
  Node next = node.next();
  bool comma = next && next.is(",");
  edits.blank(node.begin(), comma ? next.end() : node.end());
}

std::string erase_types(std::string_view original, Grammar grammar) {
  std::string text = erase_template_arguments(original);
  SyntaxTree tree(text, grammar);
  if (!tree.has_error()) return Eraser(text, grammar).run(tree.root());
  std::string repaired = repair_for_grammar(text);
  SyntaxTree second(repaired, grammar);
  if (!second.has_error()) return Eraser(text, grammar).run(second.root());
  SyntaxTree third(simplify_types(repaired), grammar);
  return Eraser(text, grammar).run(third.root());
}

}  // namespace tidemark::script
