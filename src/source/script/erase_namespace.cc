// namespace A { export const x = 1 } becomes
// var       A = $enum(A); {        const x = 1 ; Object.assign(A, {x});}
#include <string>
#include <vector>

#include "source/script/erasing.h"

namespace tidemark::script {
namespace {

bool declares_only_types(Node statement) {
  for (std::string_view kind : {"interface_declaration", "type_alias_declaration",
                                "ambient_declaration", "comment", "empty_statement"})
    if (statement.is(kind)) return true;
  if (!statement.is("export_statement")) return false;
  Node declaration = statement.field("declaration");
  return declaration ? declares_only_types(declaration) : bool(statement.find("type"));
}

Node inner_namespace(Node statement) {
  if (statement.is("internal_module")) return statement;
  if (statement.is("expression_statement") || statement.is("export_statement"))
    return statement.find("internal_module");
  return Node(TSNode{});
}

bool holds_only_types(Node body) {
  for (std::uint32_t i = 1; i + 1 < body.size(); ++i) {
    Node statement = body.child(i);
    Node inner = inner_namespace(statement);
    bool types = inner ? holds_only_types(inner.field("body")) : declares_only_types(statement);
    if (!types) return false;
  }
  return true;
}

class NamespaceRewriter {
 public:
  NamespaceRewriter(Edits& edits, Node declaration) : edits_(edits), declaration_(declaration) {}

  void run() {
    Node name = declaration_.field("name");
    Node body = declaration_.field("body");
    std::string path = text(name);
    edits_.replace(declaration_.begin(), name.end(), opening(path));
    edits_.insert(body.begin() + 1, inner_openings(path));
    for (std::uint32_t i = 0; i < body.size(); ++i) export_of(body.child(i));
    edits_.insert(body.end() - 1, copy_of_names(path));
  }

 private:
  std::string text(Node node) const { return std::string(edits_.text(node.begin(), node.end())); }

  static std::string head(const std::string& path) { return path.substr(0, path.find('.')); }

  /// A class or function of the same name is extended, not declared again.
  std::string opening(const std::string& path) const {
    std::string name = head(path);
    return merges_with_class(name) ? "" : "var " + name + " = $enum(" + name + "); ";
  }

  bool merges_with_class(const std::string& name) const {
    Node statement = declaration_.parent();
    Node block = statement.parent();
    for (std::uint32_t i = 0; block && i < block.size(); ++i) {
      Node sibling = block.child(i);
      if (sibling.is("export_statement")) sibling = sibling.field("declaration");
      bool other =
          sibling && (sibling.is("class_declaration") || sibling.is("abstract_class_declaration"));
      if (other && text(sibling.field("name")) == name) return true;
    }
    return false;
  }

  /// namespace A.B.C opens two more variables inside A.
  std::string inner_openings(const std::string& path) const {
    std::string out;
    for (std::size_t dot = path.find('.'); dot != std::string::npos;
         dot = path.find('.', dot + 1)) {
      std::string name = path.substr(dot + 1, path.find('.', dot + 1) - dot - 1);
      std::string whole = path.substr(0, dot) + "." + name;
      out += "const " + name + " = " + whole + " = $enum(" + whole + ");";
    }
    return out;
  }

  void export_of(Node statement) {
    Node declaration = statement.field("declaration");
    if (!statement.is("export_statement")) return;
    if (Node inner = statement.find("internal_module")) {
      names_.push_back(head(text(inner.field("name"))));
    } else if (!declaration || declares_only_types(declaration)) {
      return;
    } else if (Node name = declaration.field("name")) {
      names_.push_back(text(name));
    } else {
      for (std::uint32_t i = 0; i < declaration.size(); ++i)
        if (Node variable = declaration.child(i); variable.is("variable_declarator"))
          collect(variable.field("name"));
    }
    edits_.blank(statement.begin(), statement.begin() + 6);
  }

  void collect(Node pattern) {
    walk(pattern, [this](Node node) {
      if (node.is("identifier") || node.is("shorthand_property_identifier_pattern"))
        names_.push_back(text(node));
      return true;
    });
  }

  std::string copy_of_names(const std::string& path) const {
    std::string out = ";Object.assign(" + path + ", {";
    for (std::size_t i = 0; i < names_.size(); ++i) out += (i ? ", " : "") + names_[i];
    return out + "});";
  }

  Edits& edits_;
  Node declaration_;
  std::vector<std::string> names_;
};

}  // namespace

bool rewrite_namespace(Edits& edits, Node declaration) {
  Node body = declaration.field("body");
  if (!body || declaration.field("name").is("string") || holds_only_types(body)) return false;
  NamespaceRewriter(edits, declaration).run();
  return true;
}

}  // namespace tidemark::script
