#include <array>

#include "source/script/lowering.h"

namespace tidemark::script {

void Lowering::add_export(std::string exported, std::string local) {
  out_.exports.push_back({std::move(exported), std::move(local), token_.begin});
}

void Lowering::export_statement() {
  std::size_t begin = token_.begin;
  advance();
  if (is("*")) return export_star(begin);
  if (is("{")) return export_list(begin);
  if (is("default")) return export_default(begin);
  export_declaration(begin);
}

void Lowering::export_star(std::size_t begin) {
  advance();
  std::string name;
  if (take("as")) {
    name = module_name();
    advance();
  }
  take("from");
  if (token_.kind != Token::Kind::string) return;
  std::size_t index = request(begin);
  if (name.empty()) out_.stars.push_back(index);
  if (!name.empty()) out_.reexports.push_back({index, "*", std::move(name), begin});
}

void Lowering::export_list(std::size_t begin) {
  std::vector<ImportedName> names;  // `local` is the name outside
  named_imports(names);
  if (take("from")) {
    if (token_.kind != Token::Kind::string) return;
    std::size_t index = request(begin);
    for (ImportedName& name : names) {
      name.request = index;
      out_.reexports.push_back(std::move(name));
    }
    return;
  }
  for (ImportedName& name : names) {
    out_.exports.push_back({std::move(name.local), std::move(name.imported), name.offset});
  }
  end_statement(begin);
}

/// A function or class without a name gets one; a value becomes a variable whose
/// declaration is as long as `export default`.
void Lowering::export_default(std::size_t begin) {
  std::size_t end = token_.end;
  out_.is_module = true;
  advance();
  bool async = is("async");
  if (async) advance();
  bool function = is("function") && !(async && token_.after_line_end);
  bool declares = function || (!async && is("class"));
  if (!declares) {
    edits_.replace(begin, end, "var $default =");
    return add_export("default", "$default");
  }
  advance();
  if (function) take("*");
  bool named = is_word() && !is("extends");
  std::string own = named ? std::string(text(token_)) : "$default";
  edits_.blank(begin, end);
  if (!named) edits_.insert(before_.end, " $default");
  add_export("default", own);
}

void Lowering::export_declaration(std::size_t begin) {
  out_.is_module = true;
  edits_.blank(begin, begin + 6);
  take("async");
  if (is("const") || is("let") || is("var")) {
    advance();
    return variables();
  }
  if (!is("function") && !is("class")) {  // TypeScript, or a mistake
    out_.may_hold_types = true;
    return;
  }
  advance();
  take("*");
  if (is_word()) add_export(std::string(text(token_)), std::string(text(token_)));
}

void Lowering::variables() {
  do {
    pattern();
    if (is("=")) initializer();
  } while (!statement_ends() && take(","));
}

/// A name, or a destructuring pattern with its names.
void Lowering::pattern() {
  if (is("{")) {
    object_pattern();
  } else if (take("[")) {
    while (token_ && !is("]")) {
      if (take(",") || take("...")) continue;
      pattern();
      if (is("=")) initializer();
    }
    advance();
  } else if (is_word()) {
    add_export(std::string(text(token_)), std::string(text(token_)));
    advance();
  } else {
    advance();
  }
}

void Lowering::object_pattern() {
  advance();
  while (token_ && !is("}")) {
    if (take(",")) continue;
    bool rest = take("...");
    std::string name(text(token_));
    bool computed = take("[");
    while (computed && token_ && !is("]")) code_token();
    advance();
    if (!rest && take(":")) {
      pattern();
    } else {
      add_export(name, name);
    }
    if (is("=")) initializer();
  }
  advance();
}

/// From `=` to the comma, bracket or end of statement that follows the value.
void Lowering::initializer() {
  std::size_t depth = scanner_.depth();
  advance();
  while (token_) {
    bool opens = is("(") || is("[") || is("{") ||
                 (token_.kind == Token::Kind::template_ && text(token_).ends_with("${"));
    bool inside = scanner_.depth() > depth + (opens ? 1 : 0);
    if (scanner_.depth() < depth) return;
    if (!inside && (is(",") || statement_ends())) return;
    if (is_word() && is("import")) {
      import_word();
    } else {
      code_token();
    }
  }
}

/// Automatic semicolons: a value followed, on a new line, by what cannot continue it.
bool Lowering::statement_ends() const {
  if (!token_ || is(";")) return true;
  if (!token_.after_line_end) return false;
  static constexpr std::array<std::string_view, 6> operators = {"in",  "instanceof", "typeof",
                                                                "new", "await",      "void"};
  bool continues = false;
  for (std::string_view word : operators) continues |= text(before_) == word;
  bool value = before_.kind != Token::Kind::punctuator || text(before_) == ")" ||
               text(before_) == "]" || text(before_) == "}";
  if (!value || continues) return false;
  bool starts = is_word()
                    ? !is("in") && !is("instanceof")
                    : token_.kind == Token::Kind::string || token_.kind == Token::Kind::number ||
                          is("{") || is("@") || is("++") || is("--");
  return starts;
}

}  // namespace tidemark::script
