#include "engine/blocks.h"

#include <algorithm>
#include <array>

#include "apply/image_object.h"
#include "apply/script.h"
#include "apply/sql_lexer.h"
#include "base/text.h"
#include "engine/migration_step.h"

namespace tidemark {
namespace {

/// What stands between the quotes: $$ … $$, $do$ … $do$, ' … '.
std::string_view body_of(std::string_view text) {
  std::size_t quote = text.starts_with('$') ? text.find('$', 1) + 1 : 1;
  return text.size() < 2 * quote ? "" : text.substr(quote, text.size() - 2 * quote);
}

/// The statements of a block that begin with ALTER TABLE, whatever is around them.
std::string altering_statements(std::string_view body) {
  std::string out;
  std::vector<Token> tokens = tokenize(body, Engine::postgresql);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!tokens[i].is("alter") || !tokens[i + 1].is("table")) continue;
    std::size_t end = i;
    while (end < tokens.size() && !tokens[end].is(';')) ++end;
    std::size_t stop = end < tokens.size() ? tokens[end].offset : body.size();
    out += std::string(body.substr(tokens[i].offset, stop - tokens[i].offset)) + ";\n";
    i = end;
  }
  return out;
}

std::string object_of(const RenameDecision& it, const Path& path) {
  return it.kind == RenameKind::column ? image_object("column", it.table, path.name)
                                       : image_object("table", path);
}

bool is_borne_out(const RenameDecision& it, const ImageChanges& recorded) {
  auto was = recorded.find(object_of(it, it.before));
  auto is = recorded.find(object_of(it, it.after));
  return was != recorded.end() && !was->second.after && is != recorded.end() && !is->second.before;
}

/// Whether a statement may begin with this token.
bool begins(const std::vector<Token>& tokens, std::size_t at) {
  static constexpr std::array words = {"begin", "then", "else", "loop"};
  return at == 0 || tokens[at - 1].is(';') || tokens[at - 1].is(')') ||
         std::ranges::any_of(words, [&](const char* word) { return tokens[at - 1].is(word); });
}

bool has_before_end(const std::vector<Token>& tokens, std::size_t at, std::string_view word) {
  for (; at < tokens.size() && !tokens[at].is(';'); ++at)
    if (tokens[at].is(word)) return true;
  return false;
}

/// A string is SQL where it is executed.
bool writes_rows(std::string_view sql) {
  const std::vector<Token> tokens = tokenize(sql, Engine::postgresql);
  bool executed = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is(';')) executed = false;
    if (tokens[i].is("execute")) executed = true;
    if (executed && tokens[i].kind == Token::Kind::string && writes_rows(body_of(tokens[i].text)))
      return true;
    if (!begins(tokens, i)) continue;
    if (tokens[i].is("insert") || tokens[i].is("merge"))
      if (i + 1 < tokens.size() && tokens[i + 1].is("into")) return true;
    if (tokens[i].is("delete") && i + 1 < tokens.size() && tokens[i + 1].is("from")) return true;
    if (tokens[i].is("truncate")) return true;
    if (tokens[i].is("update") && has_before_end(tokens, i, "set")) return true;
  }
  return false;
}

}  // namespace

bool block_writes_rows(const MigrationStatement& statement) {
  const std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return !tokens.empty() && tokens[0].is("do") && std::ranges::any_of(tokens, [](const Token& it) {
    if (it.kind != Token::Kind::string) return false;
    const std::string body(body_of(it.text));
    return writes_rows(it.text.starts_with('$') ? body : replace_all(body, "''", "'"));
  });
}

Renames block_renames(const MigrationFile& file, const ImageChanges& recorded) {
  MigrationFile inside{.tag = file.tag, .path = file.path};
  for (const MigrationStatement& it :
       split_migration(file.sql, file.path.string(), Engine::postgresql)) {
    std::vector<Token> tokens = tokenize(it.sql, Engine::postgresql);
    if (tokens.size() < 2 || !tokens[0].is("do")) continue;
    for (const Token& token : tokens)
      if (token.kind == Token::Kind::string) inside.sql += altering_statements(body_of(token.text));
  }
  Renames out = renames_in(inside, Engine::postgresql);
  std::erase_if(out, [&](const RenameDecision& it) { return !is_borne_out(it, recorded); });
  return out;
}

}  // namespace tidemark
