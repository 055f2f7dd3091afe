#include <array>

#include "source/script/lowering.h"

namespace tidemark::script {
namespace {

/// Whether a value is a call by a name, and nothing that only its own function could do.
bool is_call(std::string_view value) {
  std::size_t end = 0;
  while (end < value.size() && is_word_byte(value[end])) ++end;
  std::string_view name = value.substr(0, end);
  if (name.empty() || end == value.size() || value[end] != '(') return false;
  if (name == "function" || name == "async" || name == "import") return false;
  return value.find("await") == value.npos && value.find("yield") == value.npos;
}

}  // namespace

void Lowering::add_export(std::string exported, std::string local, bool settled) {
  out_.exports.push_back({std::move(exported), std::move(local), token_.begin, settled});
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
    return add_export("default", "$default", true);
  }
  advance();
  if (function) take("*");
  bool named = is_word() && !is("extends");
  std::string own = named ? std::string(text(token_)) : "$default";
  edits_.blank(begin, end);
  if (!named) edits_.insert(before_.end, " $default");
  add_export("default", own, true);
}

void Lowering::export_declaration(std::size_t begin) {
  out_.is_module = true;
  if (is("const") || is("let") || is("var")) return exported_variables(begin);
  edits_.blank(begin, begin + 6);
  take("async");
  if (!is("function") && !is("class")) {  // TypeScript, or a mistake
    out_.may_hold_types = true;
    return;
  }
  advance();
  take("*");
  if (is_word()) add_export(std::string(text(token_)), std::string(text(token_)), true);
}

void Lowering::exported_variables(std::size_t begin) {
  bool constant = constant_ = is("const");
  advance();
  Token name = token_;
  pattern();
  Token equals = token_;
  if (is("=")) initializer();
  bool apart = constant && calls_ == ExportedCalls::apart && set_apart(begin, name, equals);
  if (!apart) edits_.blank(begin, begin + 6);
  if (!statement_ends() && take(",")) variables();
}

/// `export const a = f(1)` to `const a =   (()=>f(1))()`: what comes before the call is as
/// long as before, so that all places stay.
bool Lowering::set_apart(std::size_t begin, const Token& name, const Token& equals) {
  static constexpr std::string_view opening = "(()=>";
  if (name.kind != Token::Kind::word || text(equals) != "=" || !statement_ends()) return false;
  std::size_t call = text_.find_first_not_of(' ', equals.end);
  if (call >= before_.end || !is_call(text_.substr(call, before_.end - call))) return false;
  std::string_view head = text_.substr(begin, call - begin);
  std::string declaration = "const " + std::string(text(name)) + "=";
  if (head.find_first_of("\r\n") != head.npos || head.size() < declaration.size() + opening.size())
    return false;
  std::size_t padding = head.size() - declaration.size() - opening.size();
  edits_.replace(begin, call, declaration.append(padding, ' ').append(opening));
  edits_.insert(before_.end, ")()");
  return true;
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
    add_export(std::string(text(token_)), std::string(text(token_)), constant_);
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
      add_export(name, name, constant_);
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
