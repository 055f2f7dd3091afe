#include <string>

#include "source/script/erasing.h"

namespace tidemark::script {
namespace {

bool makes_property(Node parameter) {
  return parameter.find("accessibility_modifier") || parameter.find("readonly") ||
         parameter.find("override_modifier");
}

std::string_view parameter_name(const Edits& edits, Node parameter) {
  Node name = parameter.field("pattern");
  return edits.text(name.begin(), name.end());
}

bool calls_super(Node statement) {
  if (!statement.is("expression_statement")) return false;
  Node call = statement.child(0);
  return call.is("call_expression") && call.field("function").is("super");
}

/// Behind `super(…)`, which makes `this`; without one, at the start.
std::size_t place_of_assignments(Node body) {
  for (std::uint32_t i = 0; i < body.size(); ++i)
    if (calls_super(body.child(i))) return body.child(i).end();
  return body.begin() + 1;
}

}  // namespace

void rewrite_parameter_properties(Edits& edits, Node method) {
  Node name = method.field("name");
  if (!name || edits.text(name.begin(), name.end()) != "constructor") return;
  Node parameters = method.field("parameters");
  std::string assignments;
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    Node parameter = parameters.child(i);
    bool listed = parameter.is("required_parameter") || parameter.is("optional_parameter");
    if (!listed || !makes_property(parameter)) continue;
    std::string own(parameter_name(edits, parameter));
    assignments += "this." + own + " = " + own + ";";
  }
  if (!assignments.empty())
    edits.insert(place_of_assignments(method.field("body")), ";" + assignments);
}

}  // namespace tidemark::script
