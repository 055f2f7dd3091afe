#include "apply/table_words.h"

#include <ranges>
#include <string_view>
#include <vector>

#include "apply/sql_lexer.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// Goes back from the end: a comma behind which nothing is left, with the space there.
void leave_out_empty_items(std::string& sql) {
  const std::string written = sql;
  std::vector<Token> tokens = tokenize(written, Engine::sqlite);
  for (std::size_t i = tokens.size(); i-- > 1;) {
    const Token &comma = tokens[i - 1], &next = tokens[i];
    if (!comma.is(',') || (!next.is(',') && !next.is(')'))) continue;
    std::string_view between(written.data() + comma.end(), next.offset - comma.end());
    bool comment = !trim(between).empty();
    sql.erase(comma.offset, comment ? 1 : 1 + between.size());
  }
}

}  // namespace

std::string without_uniques(std::string sql, const sqlite_sql::TableText& text,
                            std::span<const std::size_t> uniques, const Name& name) {
  for (std::size_t unique : std::views::reverse(uniques)) {
    const sqlite_sql::Span span = text.uniques[unique];
    sql.erase(span.first, span.last - span.first);
  }
  leave_out_empty_items(sql);  // which is after the name, so this keeps its place
  return sql.replace(text.name.first, text.name.last - text.name.first, backtick_sql(name));
}

}  // namespace tidemark
