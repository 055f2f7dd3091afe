#include "source/script/module_syntax.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "source/script/edits.h"
#include "source/script/scanner.h"

namespace tidemark::script {
namespace {

/// Which of the imported names the code mentions.
class UnusedNames {
 public:
  void add(std::string_view name) {
    names_.emplace_back(name);
    filter_.set(slot(name));
  }
  void use(std::string_view word) {
    if (filter_.test(slot(word))) std::erase(names_, word);
  }
  bool holds(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

 private:
  /// Length, first and last letter: most words of a text fail this filter.
  static std::size_t slot(std::string_view word) {
    return (word.size() * 131 + static_cast<unsigned char>(word.front()) * 31 +
            static_cast<unsigned char>(word.back())) &
           4095;
  }
  std::vector<std::string> names_;
  std::bitset<4096> filter_;
};

std::string unquoted(std::string_view literal) {
  return std::string(literal.substr(1, literal.size() >= 2 ? literal.size() - 2 : 0));
}

class Lowering {
 public:
  Lowering(std::string_view text, Language language)
      : text_(text), edits_(text), scanner_(text), language_(language) {}

  ModuleSyntax run();

 private:
  void advance() {
    before_ = token_;
    token_ = scanner_.next();
  }
  bool is(std::string_view what) const { return text(token_) == what; }
  bool is_word() const { return token_.kind == Token::Kind::word; }
  bool take(std::string_view what) {
    if (!is(what)) return false;
    advance();
    return true;
  }
  std::string_view text(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  void code_token();
  void word();
  bool is_property() const;
  void import_word();
  void import_statement(std::size_t begin);
  void named_imports(std::vector<ImportedName>& names);
  void export_statement();
  void export_star(std::size_t begin);
  void export_list(std::size_t begin);
  void export_default(std::size_t begin);
  void export_declaration(std::size_t begin);
  void variables();
  void pattern();
  void object_pattern();
  void initializer();
  bool statement_ends() const;
  std::size_t request(std::size_t end_of_statement);
  std::string module_name();
  void end_statement(std::size_t begin);
  void add_export(std::string exported, std::string local);
  void drop_unused();
  void use_names_of(std::string_view code);
  void keep_requests(const std::vector<bool>& wanted);

  std::string_view text_;
  Edits edits_;
  Scanner scanner_;
  Language language_;
  Token token_, before_;
  ModuleSyntax out_;
  UnusedNames unused_;
  std::vector<bool> request_has_names_;  // an import for its effects alone has none
  bool code_seen_ = false;               // before the statement at hand
  bool late_import_ = false;
};

ModuleSyntax Lowering::run() {
  advance();
  while (token_) {
    if (scanner_.depth() == 0 && is("export") && !is_property()) {
      export_statement();
    } else if (is("import") && !is_property()) {
      import_word();
    } else {
      code_token();
    }
  }
  std::stable_sort(out_.exports.begin(), out_.exports.end(),
                   [](const auto& a, const auto& b) { return a.exported < b.exported; });
  out_.code = edits_.empty() ? std::string(text_) : edits_.apply();
  if (language_ == Language::typescript) drop_unused();
  return std::move(out_);
}

/// A token of no interest, but for the names it uses.
void Lowering::code_token() {
  if (is_word()) return word();
  out_.may_hold_types |= is("<");
  advance();
}

void Lowering::word() {
  std::string_view own = text(token_);
  bool property = is_property();
  bool may_be_key = before_ && (text(before_) == "{" || text(before_) == ",");
  out_.awaits |= own == "await";
  code_seen_ = true;
  advance();
  if (!property && !(may_be_key && is(":"))) unused_.use(own);
}

bool Lowering::is_property() const {
  return before_ && (text(before_) == "." || text(before_) == "?.");
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
    names.push_back({0, std::move(imported), std::move(local)});
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

void Lowering::add_export(std::string exported, std::string local) {
  out_.exports.push_back({std::move(exported), std::move(local)});
}

/// A name in `{…}`, which may be written as a string.
std::string Lowering::module_name() {
  if (token_.kind == Token::Kind::string) return unquoted(text(token_));
  return std::string(text(token_));
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
  if (!name.empty()) out_.reexports.push_back({index, "*", std::move(name)});
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
    add_export(std::move(name.local), std::move(name.imported));
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

/// For code that stood above an import.
void Lowering::use_names_of(std::string_view code) {
  Scanner scanner(code);
  while (Token token = scanner.next())
    if (token.kind == Token::Kind::word && (token.begin == 0 || code[token.begin - 1] != '.'))
      unused_.use(scanner.text(token));
}

/// Takes away the imports that are types for all the code shows.
void Lowering::drop_unused() {
  if (late_import_) use_names_of(out_.code);
  for (const ExportedName& name : out_.exports) unused_.use(name.local);
  std::erase_if(out_.imports, [&](const auto& name) { return unused_.holds(name.local); });

  std::vector<bool> wanted(out_.requests.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = !request_has_names_[i];
  for (const ImportedName& name : out_.imports) wanted[name.request] = true;
  for (const ImportedName& name : out_.reexports) wanted[name.request] = true;
  for (std::size_t star : out_.stars) wanted[star] = true;
  keep_requests(wanted);
}

void Lowering::keep_requests(const std::vector<bool>& wanted) {
  std::vector<std::size_t> moved(wanted.size());
  std::vector<ModuleRequest> kept;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    moved[i] = kept.size();
    if (wanted[i]) kept.push_back(std::move(out_.requests[i]));
  }
  out_.requests = std::move(kept);
  for (ImportedName& name : out_.imports) name.request = moved[name.request];
  for (ImportedName& name : out_.reexports) name.request = moved[name.request];
  for (std::size_t& star : out_.stars) star = moved[star];
}

}  // namespace

ModuleSyntax lower_modules(std::string_view text, Language language) {
  return Lowering(text, language).run();
}

}  // namespace tidemark::script
