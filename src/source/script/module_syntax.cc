#include "source/script/module_syntax.h"

#include <algorithm>
#include <map>

#include "source/script/lowering.h"

namespace tidemark::script {

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
  settle_lists();
  find_duplicate();
  out_.code = edits_.empty() ? std::string(text_) : edits_.apply();
  if (language_ == Language::typescript) drop_unused();
  return std::move(out_);
}

/// What TypeScript merges (an enum with an enum, a class with a namespace) has one
/// variable, and is one export.
void Lowering::find_duplicate() {
  std::map<std::string_view, std::string_view> locals;
  for (const ExportedName& name : out_.exports) {
    auto [known, fresh] = locals.try_emplace(name.exported, name.local);
    if (!fresh && known->second != name.local) out_.duplicate = name;
  }
  for (const ImportedName& name : out_.reexports)
    if (!locals.try_emplace(name.local, "").second)
      out_.duplicate = ExportedName{name.local, "", name.offset};
}

/// `export { a }` says nothing of a.
void Lowering::settle_lists() {
  for (ExportedName& name : out_.exports) name.settled |= constants_.contains(name.local);
}

/// At the word that follows `const`, `function` or `class` at the top.
void Lowering::declaration() {
  if (is("*")) advance();
  if (is_word()) constants_.emplace(text(token_));
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
  bool declares = scanner_.depth() == 0 && !property &&
                  (own == "const" || own == "function" || own == "class") &&
                  (!before_ || text(before_) == "async" || statement_ends() ||
                   text(before_) == ";" || text(before_) == "}");
  advance();
  if (declares) declaration();
  if (!property && !(may_be_key && is(":"))) unused_.use(own);
}

bool Lowering::is_property() const {
  return before_ && (text(before_) == "." || text(before_) == "?.");
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

ModuleSyntax lower_modules(std::string_view text, Language language, ExportedCalls calls) {
  return Lowering(text, language, calls).run();
}

}  // namespace tidemark::script
