#include "source/script/lowering.h"

namespace tidemark::script {

std::string unquoted(std::string_view literal) {
  return std::string(literal.substr(1, literal.size() >= 2 ? literal.size() - 2 : 0));
}

/// A statement, `import(…)` or `import.meta`.
void Lowering::import_word() {
  std::size_t begin = token_.begin;
  std::size_t depth = scanner_.depth();
  bool key = before_ && (text(before_) == "{" || text(before_) == ",");
  advance();
  if (is("(")) {
    edits_.replace(begin, begin + 6, "$mport");
  } else if (is(".")) {
    advance();
    if (is("meta")) edits_.replace(begin, token_.end, "import_meta");
    out_.is_module = true;
  } else if (depth == 0 && !key) {
    import_statement(begin);
  }
}

void Lowering::import_statement(std::size_t begin) {
  std::vector<ImportedName> names;
  bool only_effects = token_.kind == Token::Kind::string;
  if (is_word()) {
    names.push_back({0, "default", std::string(text(token_))});
    advance();
    // `import type X`, but not `import type, {…}` nor `import type from`.
    bool types = names[0].local == "type" && (is("{") || is("*") || (is_word() && !is("from")));
    out_.may_hold_types |= types;
    take(",");
  }
  if (take("*") && take("as")) {
    names.push_back({0, "*", std::string(text(token_))});
    advance();
  }
  if (is("{")) named_imports(names);
  if (!only_effects) take("from");
  if (token_.kind != Token::Kind::string) return;  // a mistake, left for the parser
  std::size_t index = request(begin);
  request_has_names_.back() = !only_effects;
  late_import_ |= code_seen_;
  for (ImportedName& name : names) {
    name.request = index;
    unused_.add(name.local);
    out_.imports.push_back(std::move(name));
  }
}

void Lowering::named_imports(std::vector<ImportedName>& names) {
  advance();
  while (token_ && !is("}")) {
    std::size_t offset = token_.begin;
    std::string imported = module_name();
    std::string local = imported;
    advance();
    if (take("as")) {
      local = module_name();
      advance();
    }
    if (!is(",") && !is("}")) {  // `type X`, or a mistake
      out_.may_hold_types = true;
      return;
    }
    names.push_back({0, std::move(imported), std::move(local), offset});
    take(",");
  }
  advance();
}

/// At the specifier: notes it and blanks the statement that began at `begin`.
std::size_t Lowering::request(std::size_t begin) {
  ModuleRequest made{unquoted(text(token_)), token_.begin, token_.end - token_.begin};
  advance();
  bool attributes = (is("with") || (is("assert") && !token_.after_line_end));
  if (attributes) {
    advance();
    while (token_ && !is("}")) {
      made.is_json |= is("'json'") || is("\"json\"");
      advance();
    }
    advance();
  }
  out_.requests.push_back(std::move(made));
  request_has_names_.push_back(true);
  end_statement(begin);
  return out_.requests.size() - 1;
}

/// Blanks from `begin` to here. A semicolon stays, so that nothing joins.
void Lowering::end_statement(std::size_t begin) {
  out_.is_module = true;
  edits_.blank(begin, before_.end, ';');
}

/// A name in `{…}`, which may be written as a string.
std::string Lowering::module_name() {
  if (token_.kind == Token::Kind::string) return unquoted(text(token_));
  return std::string(text(token_));
}

}  // namespace tidemark::script
