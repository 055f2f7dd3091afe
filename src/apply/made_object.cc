#include "apply/made_object.h"

#include <vector>

#include "apply/sql_lexer.h"
#include "apply/token_reader.h"
#include "base/text.h"

namespace tidemark {
namespace {

MadeObject read_object(TokenReader& reader, std::initializer_list<std::string_view> before_name) {
  for (const char* kind : {"table", "view", "index", "trigger"}) {
    if (!reader.take(kind)) continue;
    reader.skip(before_name);
    return {kind, lower(reader.path().name.text())};
  }
  return {};
}

}  // namespace

MadeObject made_by(std::string_view sql) {
  std::vector<Token> tokens = tokenize(sql, Engine::sqlite);
  TokenReader reader(tokens, Engine::sqlite);
  if (!reader.take("create")) return {};
  reader.take("unique");
  return read_object(reader, {"if", "not", "exists"});
}

MadeObject dropped_by(std::string_view sql) {
  std::vector<Token> tokens = tokenize(sql, Engine::sqlite);
  TokenReader reader(tokens, Engine::sqlite);
  if (!reader.take("drop")) return {};
  return read_object(reader, {"if", "exists"});
}

std::set<MadeObject> made_outright(std::span<const MigrationStatement> statements) {
  std::set<MadeObject> made, dropped;
  for (const MigrationStatement& statement : statements) {
    dropped.insert(dropped_by(statement.sql));
    MadeObject object = made_by(statement.sql);
    if (!dropped.contains(object)) made.insert(std::move(object));
  }
  return made;
}

}  // namespace tidemark
