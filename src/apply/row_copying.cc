#include "apply/row_copying.h"

#include "apply/sql_lexer.h"
#include "apply/token_reader.h"

namespace tidemark {

std::optional<RowCopying> row_copying(std::string_view statement, Engine engine) {
  std::vector<Token> tokens = tokenize(statement, engine);
  TokenReader reader(tokens, engine);
  if (!reader.take("insert") || !reader.take("into")) return std::nullopt;
  RowCopying out{.to = reader.path()};
  if (!reader.take('(')) return std::nullopt;
  while (!reader.done() && !reader.rest()[0].is(')'))
    if (!reader.take(',')) out.columns.push_back(reader.name());
  if (reader.done()) return std::nullopt;
  out.columns_end = reader.rest()[0].offset;
  reader.next();
  if (!reader.take("select")) return std::nullopt;
  for (int depth = 0; !reader.done(); reader.next()) {
    if (reader.rest()[0].is('(')) ++depth;
    if (reader.rest()[0].is(')')) --depth;
    if (depth > 0 || !reader.at("from")) continue;
    out.values_end = reader.rest()[0].offset;
    reader.next();
    out.from = reader.path();
    if (!reader.done()) return std::nullopt;
    return out;
  }
  return std::nullopt;
}

}  // namespace tidemark
