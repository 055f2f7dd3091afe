// The work of lower_modules: one walk over the tokens. Internal to it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "source/script/edits.h"
#include "source/script/module_syntax.h"
#include "source/script/scanner.h"
#include "source/script/unused_names.h"

namespace tidemark::script {

class Lowering {
 public:
  Lowering(std::string_view text, Language language, ExportedCalls calls)
      : text_(text), edits_(text), scanner_(text), language_(language), calls_(calls) {}

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

  // module_syntax.cc
  void code_token();
  void word();
  void declaration();
  bool is_property() const;
  // lower_imports.cc
  void import_word();
  void import_statement(std::size_t begin);
  void named_imports(std::vector<ImportedName>& names);
  // lower_exports.cc
  void export_statement();
  void export_star(std::size_t begin);
  void export_list(std::size_t begin);
  void export_default(std::size_t begin);
  void export_declaration(std::size_t begin);
  void exported_variables(std::size_t begin);
  void variables();
  bool set_apart(std::size_t begin, const Token& name, const Token& equals);
  void pattern();
  void object_pattern();
  void initializer();
  bool statement_ends() const;
  std::size_t request(std::size_t end_of_statement);
  std::string module_name();
  void end_statement(std::size_t begin);
  void add_export(std::string exported, std::string local, bool settled);
  void settle_lists();
  void find_duplicate();
  void drop_unused();
  void use_names_of(std::string_view code);
  void keep_requests(const std::vector<bool>& wanted);

  std::string_view text_;
  Edits edits_;
  Scanner scanner_;
  Language language_;
  ExportedCalls calls_;
  Token token_, before_;
  ModuleSyntax out_;
  UnusedNames unused_;
  std::vector<bool> request_has_names_;  // an import for its effects alone has none
  std::set<std::string, std::less<>>
      constants_;           // declared at the top, as far as it was looked for
  bool constant_ = false;   // whether the variables at hand are
  bool code_seen_ = false;  // before the statement at hand
  bool late_import_ = false;
};

/// A string literal's text; module names need no escapes.
std::string unquoted(std::string_view literal);

}  // namespace tidemark::script
