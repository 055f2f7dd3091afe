#include "apply/statement_effect.h"

#include "apply/sql_lexer.h"
#include "apply/token_reader.h"
#include "base/text.h"

namespace tidemark {
namespace {

using Gone = Destroyed::Kind;

void read_drop(TokenReader& reader, StatementEffect& out) {
  if (!reader.take("table")) return;
  reader.skip({"if", "exists"});
  do out.destroyed.push_back({Gone::table, reader.path()});
  while (reader.take(','));
}

void read_rename(TokenReader& reader, const Path& table, StatementEffect& out) {
  if (reader.take("to")) {
    out.renamed.push_back({Renamed::Kind::table, table, {table.schema, reader.name()}});
    return;
  }
  if (reader.take("constraint")) return;
  reader.take("column");
  Name before = reader.name();
  if (reader.take("to"))
    out.renamed.push_back({Renamed::Kind::column, table, {}, before, reader.name()});
}

/// One action of ALTER TABLE.
void read_action(TokenReader& reader, const Path& table, StatementEffect& out) {
  if (reader.take("drop")) {
    if (reader.at("constraint")) return;
    reader.skip({"column", "if", "exists"});
    out.destroyed.push_back({Gone::column, table, reader.name()});
  } else if (reader.take("alter")) {
    if (reader.at("constraint")) return;
    reader.take("column");
    Name column = reader.name();
    reader.skip({"set", "data"});
    if (reader.at("type")) out.destroyed.push_back({Gone::values, table, column});
  } else if (reader.take("rename")) {
    read_rename(reader, table, out);
  } else if (reader.take("set") && reader.take("schema")) {
    out.renamed.push_back({Renamed::Kind::table, table, {reader.name(), table.name}});
  }
}

void read_alter(TokenReader& reader, StatementEffect& out) {
  if (reader.take("schema")) {
    Name before = reader.name();
    reader.skip({"rename", "to"});
    out.renamed.push_back({Renamed::Kind::schema, {before, {}}, {reader.name(), {}}});
    return;
  }
  if (reader.take("type")) {
    Path type = reader.path();
    if (reader.take("rename") && reader.take("to"))
      out.renamed.push_back({Renamed::Kind::type, type, {type.schema, reader.name()}});
    return;
  }
  if (!reader.take("table")) return;
  reader.skip({"if", "exists", "only"});
  Path table = reader.path();
  reader.take('*');
  for (; !reader.done(); reader.skip_item()) read_action(reader, table, out);
}

/// SET [SESSION | LOCAL] search_path {TO | =} {name, … | DEFAULT}
void read_set(TokenReader& reader, StatementEffect& out) {
  reader.skip({"session", "local"});
  if (!reader.take("search_path")) return;
  if (!reader.take("to")) reader.take('=');
  out.search_path.emplace();
  if (reader.at("default")) return;
  do out.search_path->push_back(reader.name());
  while (reader.take(','));
}

bool has_word(std::string_view text, std::string_view word) {
  return lower(text).find(word) != std::string::npos;
}

}  // namespace

bool may_drop_unnamed(std::string_view statement) {
  std::vector<Token> tokens = tokenize(statement, Engine::postgresql);
  TokenReader reader(tokens, Engine::postgresql);
  if (reader.take("do") || reader.take("call"))
    return has_word(statement, "drop") || has_word(statement, "execute");
  if (!reader.take("drop") || reader.at("table")) return false;
  return reader.at("owned") || has_word(statement, "cascade");
}

StatementEffect effect_of(std::string_view statement, Engine engine) {
  StatementEffect out;
  std::vector<Token> tokens = tokenize(statement, engine);
  TokenReader reader(tokens, engine);
  if (reader.take("drop")) {
    read_drop(reader, out);
  } else if (reader.take("alter")) {
    read_alter(reader, out);
  } else if (reader.take("set")) {
    read_set(reader, out);
  } else if (reader.take("truncate")) {
    reader.skip({"table", "only"});
    do out.destroyed.push_back({Gone::rows, reader.path()});
    while (reader.take(','));
  } else if (reader.take("delete")) {
    reader.skip({"from", "only"});
    out.destroyed.push_back({Gone::rows, reader.path()});
  }
  return out;
}

}  // namespace tidemark
