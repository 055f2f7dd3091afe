#include "engine/blocks.h"

#include <algorithm>
#include <array>

#include "apply/image_object.h"
#include "apply/script.h"
#include "apply/sql_lexer.h"
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

}  // namespace

namespace {

/// Whether an UPDATE stands where a statement begins: not FOR UPDATE, ON UPDATE, or a trigger's.
bool is_update(const std::vector<Token>& tokens, std::size_t at) {
  static constexpr std::array other = {"on", "for", "do", "key", "or", "before", "after", "of"};
  if (!tokens[at].is("update")) return false;
  return at == 0 ||
         std::ranges::none_of(other, [&](const char* word) { return tokens[at - 1].is(word); });
}

bool writes_rows(std::string_view sql) {
  const std::vector<Token> tokens = tokenize(sql, Engine::postgresql);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto next_is = [&](std::string_view word) {
      return i + 1 < tokens.size() && tokens[i + 1].is(word);
    };
    if ((tokens[i].is("insert") || tokens[i].is("merge")) && next_is("into")) return true;
    if ((tokens[i].is("delete") && next_is("from")) || is_update(tokens, i)) return true;
    if (tokens[i].is("truncate")) return true;
    if (tokens[i].kind == Token::Kind::string && writes_rows(body_of(tokens[i].text))) return true;
  }
  return false;
}

}  // namespace

bool block_writes_rows(const MigrationStatement& statement) {
  const std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return !tokens.empty() && tokens[0].is("do") && writes_rows(statement.sql);
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
