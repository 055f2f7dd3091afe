#include "studio/danger.h"

#include <algorithm>
#include <array>
#include <span>

#include "apply/sql_lexer.h"
#include "base/text.h"

namespace tidemark::studio {
namespace {

using Tokens = std::span<const Token>;

constexpr auto condition_words = std::to_array<std::string_view>({"all",
                                                                  "and",
                                                                  "any",
                                                                  "as",
                                                                  "between",
                                                                  "case",
                                                                  "cast",
                                                                  "collate",
                                                                  "current_date",
                                                                  "current_time",
                                                                  "current_timestamp",
                                                                  "current_user",
                                                                  "else",
                                                                  "end",
                                                                  "exists",
                                                                  "false",
                                                                  "from",
                                                                  "ilike",
                                                                  "in",
                                                                  "is",
                                                                  "isnull",
                                                                  "like",
                                                                  "not",
                                                                  "notnull",
                                                                  "null",
                                                                  "or",
                                                                  "select",
                                                                  "session_user",
                                                                  "similar",
                                                                  "some",
                                                                  "symmetric",
                                                                  "then",
                                                                  "to",
                                                                  "true",
                                                                  "when",
                                                                  "where"});

bool is_any(const Token& token, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

bool is_at(Tokens tokens, std::size_t i, std::string_view word) {
  return i < tokens.size() && tokens[i].is(word);
}

/// Up to the end of the parenthesis, or of the statement of a body, that they stand in.
Tokens clause(Tokens tokens) {
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is('(')) ++depth;
    bool closed = tokens[i].is(')') && depth-- == 0;
    if (closed || (tokens[i].is(';') && depth == 0)) return tokens.first(i);
  }
  return tokens;
}

/// The place of a word outside of parentheses; else their number.
std::size_t find_outside(Tokens tokens, std::string_view word) {
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is('(')) ++depth;
    if (tokens[i].is(')')) --depth;
    if (depth == 0 && tokens[i].is(word)) return i;
  }
  return tokens.size();
}

/// What stands between two words, both outside of parentheses.
Tokens between(Tokens tokens, std::string_view from, std::string_view to) {
  Tokens rest = tokens.subspan(find_outside(tokens, from));
  return rest.first(find_outside(rest, to));
}

/// Whether a name occurs that is no function's and no type's.
bool names_column(Tokens condition) {
  for (std::size_t i = 1; i < condition.size(); ++i) {
    const Token& token = condition[i];
    bool name = token.kind == Token::Kind::name ||
                (token.kind == Token::Kind::word && !is_any(token, condition_words));
    bool function = i + 1 < condition.size() && condition[i + 1].is('(');
    bool literal = i + 1 < condition.size() &&
                   condition[i + 1].kind == Token::Kind::string;  // date '2000-01-01'
    bool type = literal || condition[i - 1].is(':') || condition[i - 1].is("as");
    if (name && !function && !type) return true;
  }
  return false;
}

bool says_which_rows(Tokens statement) {
  return names_column(between(clause(statement), "where", "returning"));
}

/// The tables that are listed here, as they are written.
std::vector<std::string> listed(Tokens tokens) {
  constexpr auto before =
      std::to_array<std::string_view>({"from", "table", "only", "if", "exists", "or", "replace",
                                       "ignore", "abort", "fail", "rollback"});
  std::vector<std::string> out;
  for (;;) {
    while (!tokens.empty() && is_any(tokens[0], before)) tokens = tokens.subspan(1);
    if (tokens.empty()) return out;
    std::size_t last = 0;
    while (last + 2 < tokens.size() && tokens[last + 1].is('.')) last += 2;
    out.emplace_back(tokens[0].text.data(), tokens[last].end() - tokens[0].offset);
    tokens = tokens.subspan(last + 1);
    if (!tokens.empty() && tokens[0].is('*')) tokens = tokens.subspan(1);  // and what inherits
    if (tokens.empty() || !tokens[0].is(',')) return out;
    tokens = tokens.subspan(1);
  }
}

/// Of MERGE: it may also say WHEN MATCHED AND which rows, but then nobody can tell how many.
Danger danger_of_merge(Tokens statement) {
  bool deletes = false, updates = false;
  for (std::size_t i = 0; i < statement.size(); ++i) {
    deletes |= statement[i].is("then") && is_at(statement, i + 1, "delete");
    updates |= statement[i].is("then") && is_at(statement, i + 1, "update");
  }
  if ((!deletes && !updates) || names_column(between(statement, "on", "when"))) return {};
  return {.what = deletes ? "deletes every row of a table" : "changes every row of a table",
          .tables = listed(statement.subspan(2))};
}

/// Of what begins with this token.
Danger danger_at(Tokens tokens, bool starts) {
  const Token& verb = tokens.front();
  Tokens rest = clause(tokens.subspan(1)), statement = tokens.first(rest.size() + 1);
  if (verb.is("delete") && is_at(rest, 0, "from") && !says_which_rows(statement))
    return {.what = "deletes every row of a table", .tables = listed(rest)};
  std::size_t set = find_outside(rest, "set");  // at once: the one of ON CONFLICT
  if (verb.is("update") && set > 0 && set < rest.size() && !says_which_rows(statement))
    return {.what = "changes every row of a table", .tables = listed(rest)};
  if (verb.is("merge") && is_at(rest, 0, "into")) return danger_of_merge(statement);
  if (!starts) return {};
  if (verb.is("truncate")) return {.what = "deletes every row of a table", .tables = listed(rest)};
  if (verb.is("drop"))
    return {.what = "drops something for good",
            .tables = is_at(rest, 0, "table") ? listed(rest) : std::vector<std::string>()};
  bool drops = std::ranges::any_of(rest, [](const Token& token) { return token.is("drop"); });
  if (verb.is("alter") && drops) return {.what = "drops a part of a table"};
  if (verb.is("execute")) return {.what = "runs SQL that is put together only then"};
  return {};
}

/// Whether a statement begins here: a list of statements, or a body of code.
bool starts(Tokens tokens, std::size_t i) {
  constexpr auto before = std::to_array<std::string_view>({"begin", "then", "else", "loop"});
  return i == 0 || tokens[i - 1].is(';') || is_any(tokens[i - 1], before);
}

Danger danger_in(Tokens tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (Danger found = danger_at(tokens.subspan(i), starts(tokens, i)); !found.what.empty())
      return found;
  return {};
}

/// The code that a string holds.
std::string body_of(std::string_view string) {
  if (string.starts_with('$')) {
    std::size_t tag = string.find('$', 1) + 1;
    return std::string(string.substr(tag, string.size() - 2 * tag));
  }
  std::size_t start = string.find('\'') + 1;
  return replace_all(std::string(string.substr(start, string.size() - start - 1)), "''", "'");
}

Danger danger_of_body(Tokens tokens, Engine engine) {
  for (const Token& token : tokens) {
    if (token.kind != Token::Kind::string) continue;
    std::string body = body_of(token.text);
    if (Danger found = danger_in(tokenize(body, engine)); !found.what.empty()) return found;
  }
  return {};
}

/// Says what it says of other statements, and runs none of them.
bool only_speaks(Tokens tokens) {
  constexpr auto words =
      std::to_array<std::string_view>({"create", "grant", "revoke", "comment", "execute"});
  bool measures =
      std::ranges::any_of(tokens, [](const Token& token) { return token.is("analyze"); });
  return is_any(tokens.front(), words) || (tokens.front().is("explain") && !measures);
}

}  // namespace

Danger danger_of(std::string_view sql, Engine engine) {
  std::vector<Token> tokens = tokenize(sql, engine);
  if (tokens.empty() || only_speaks(tokens)) return {};
  return tokens.front().is("do") ? danger_of_body(tokens, engine) : danger_in(tokens);
}

}  // namespace tidemark::studio
