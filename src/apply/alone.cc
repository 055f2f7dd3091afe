#include "apply/alone.h"

#include <algorithm>
#include <array>

#include "apply/sql_lexer.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// The index of CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] name ON [ONLY]
/// table, in the schema of its table; or of DROP INDEX CONCURRENTLY [IF EXISTS] name.
struct IndexStatement {
  bool creates = false, drops = false;
  Path index;
};

/// `name` or `schema.name` at the start of the tokens.
Path path_at(std::span<const Token> tokens) {
  if (tokens.empty()) return {};
  Name first(name_of(tokens[0], Engine::postgresql));
  if (tokens.size() < 3 || !tokens[1].is('.')) return {.name = first};
  return {.schema = first, .name = Name(name_of(tokens[2], Engine::postgresql))};
}

IndexStatement index_statement(const MigrationStatement& statement) {
  std::vector<Token> all = tokenize(statement.sql, Engine::postgresql);
  std::span<const Token> tokens = all;
  auto skip = [&](std::initializer_list<std::string_view> words) {
    for (std::string_view word : words)
      if (!tokens.empty() && tokens[0].is(word)) tokens = tokens.subspan(1);
  };
  IndexStatement out{.creates = tokens[0].is("create"), .drops = tokens[0].is("drop")};
  skip({"create", "drop", "unique"});
  if (tokens.size() < 3 || !tokens[0].is("index") || !tokens[1].is("concurrently")) return {};
  tokens = tokens.subspan(2);
  skip({"if", "not", "exists"});
  if (tokens[0].is("on")) return {};  // no name: the server chooses one
  out.index = path_at(tokens);
  if (out.drops) return out;
  tokens = tokens.subspan(1);
  skip({"on", "only"});
  out.index.schema = path_at(tokens).schema;
  return out;
}

}  // namespace

bool took_effect(Connection& database, const MigrationStatement& statement) {
  if (database.engine() != Engine::postgresql) return false;
  IndexStatement found = index_statement(statement);
  if (found.index.name.empty()) return false;
  std::array<Value, 1> name{standard_sql(found.index)};
  Rows rows = database.query(
      "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1)", name);
  if (found.drops) return rows.rows.empty();
  if (rows.rows.empty()) return false;
  if (rows.rows[0][0] == "t") return true;
  database.execute(standard_sql("DROP INDEX CONCURRENTLY ", found.index));
  return false;
}

bool waits_harmlessly(const MigrationStatement& statement) {
  std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return std::ranges::any_of(tokens, [](const Token& token) { return token.is("concurrently"); });
}

}  // namespace tidemark
