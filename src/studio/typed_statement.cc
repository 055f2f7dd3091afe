#include "studio/typed_statement.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

#include "apply/splitter.h"
#include "apply/sql_lexer.h"
#include "studio/reading_calls.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

bool surely_reads(std::span<const Token> tokens, Engine engine) {
  constexpr auto writes = std::to_array<std::string_view>({"insert", "update", "delete", "replace",
                                                           "merge", "into", "analyze", "create",
                                                           "drop", "alter", "truncate", "execute"});
  const Token& first = tokens.front();
  if (engine != Engine::postgresql && first.is("pragma")) return only_tells(tokens);
  bool query = first.is("select") || first.is("values") || first.is("with") ||
               first.is("explain") || (engine == Engine::postgresql && first.is("table"));
  auto writes_at = [&](std::size_t i) {
    bool function = tokens[i].is("replace") && i + 1 < tokens.size() && tokens[i + 1].is('(');
    return !function && std::ranges::any_of(writes, [&](auto word) { return tokens[i].is(word); });
  };
  return query && std::ranges::none_of(std::views::iota(std::size_t{0}, tokens.size()), writes_at);
}

}  // namespace

std::vector<TypedStatement> read_statements(const std::string& text, Engine engine,
                                            Explain explain) {
  if (text.find('\0') != std::string::npos)
    throw Error(Fault::usage, "SQL holds no NUL character: what is behind it would not be read");
  std::vector<TypedStatement> out;
  for (std::string_view sql : split_statements(text, engine)) {
    TypedStatement typed{.sql = std::string(sql),
                         .offset = static_cast<std::size_t>(sql.data() - text.data()),
                         .reads_only = surely_reads(tokenize(sql, engine), engine)};
    if (explain != Explain::plan) typed.danger = danger_of(sql, engine);
    if (explain == Explain::analyze && typed.danger.what.empty() && !typed.reads_only)
      typed.danger.what = "is run to be measured, with all that it changes";
    out.push_back(std::move(typed));
  }
  return out;
}

std::vector<TypedStatement> statement_at(std::vector<TypedStatement> statements,
                                         std::size_t offset) {
  auto after = std::ranges::find_if(statements,
                                    [&](const TypedStatement& one) { return one.offset > offset; });
  if (statements.empty()) return statements;
  return {after == statements.begin() ? *after : *std::prev(after)};
}

}  // namespace tidemark::studio
