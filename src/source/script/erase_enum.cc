// enum Color { Red, Green = 'g' } becomes
// var  Color = $enum(Color); { const Red = $member(Color, "Red", 0); … }
// The constants let a later initializer name an earlier member, as in TypeScript.
#include <set>
#include <string>

#include "base/json.h"
#include "source/script/erasing.h"

namespace tidemark::script {
namespace {

bool is_reserved(std::string_view word) {
  static const std::set<std::string_view> words = {
      "arguments", "await",      "break",   "case",    "catch",      "class",     "const",
      "continue",  "debugger",   "default", "delete",  "do",         "else",      "enum",
      "eval",      "export",     "extends", "false",   "finally",    "for",       "function",
      "if",        "implements", "import",  "in",      "instanceof", "interface", "let",
      "new",       "null",       "package", "private", "protected",  "public",    "return",
      "static",    "super",      "switch",  "this",    "throw",      "true",      "try",
      "typeof",    "var",        "void",    "while",   "with",       "yield"};
  return words.contains(word);
}

class EnumRewriter {
 public:
  EnumRewriter(Edits& edits, Node declaration)
      : edits_(edits), declaration_(declaration), enum_name_(text(declaration.field("name"))) {}

  void run() {
    Node body = declaration_.field("body");
    edits_.replace(declaration_.begin(), declaration_.field("name").begin(), "var ");
    edits_.insert(body.begin(), "= $enum(" + enum_name_ + "); ");
    for (std::uint32_t i = 0; i < body.size(); ++i) member(body.child(i));
  }

 private:
  std::string text(Node node) const { return std::string(edits_.text(node.begin(), node.end())); }

  void member(Node node) {
    if (node.is(",")) return edits_.replace(node.begin(), node.end(), ";");
    bool assigned = node.is("enum_assignment");
    bool name_alone = node.is("property_identifier") || node.is("string") ||
                      node.is("computed_property_name") || node.is("number");
    if (!assigned && !name_alone) return;
    Node name = assigned ? node.field("name") : node;
    std::string start = "const " + variable(name) + " = $member(" + enum_name_ + ", " + key(name);
    std::string value = previous_.empty() ? "0" : previous_ + " + 1";
    previous_ = variable(name);
    ++count_;
    if (!assigned) return edits_.replace(name.begin(), name.end(), start + ", " + value + ")");
    edits_.replace(name.begin(), node.field("value").begin(), start + ", ");
    edits_.insert(node.end(), ")");
  }

  /// The member's constant: its own name where that can name a variable.
  std::string variable(Node name) const {
    std::string own = text(name);
    bool usable = name.is("property_identifier") && !is_reserved(own) && own != enum_name_;
    return usable ? own : "$" + std::to_string(count_);
  }

  std::string key(Node name) const {
    std::string own = text(name);
    if (name.is("property_identifier")) return json_string(own);
    if (name.is("computed_property_name")) return own.substr(1, own.size() - 2);
    return own;
  }

  Edits& edits_;
  Node declaration_;
  std::string enum_name_;
  std::string previous_;
  std::size_t count_ = 0;
};

}  // namespace

void rewrite_enum(Edits& edits, Node declaration) { EnumRewriter(edits, declaration).run(); }

}  // namespace tidemark::script
