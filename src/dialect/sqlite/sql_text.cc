#include "dialect/sqlite/sql_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/text.h"

namespace tidemark::sqlite_sql {
namespace {

using Kind = Token::Kind;

bool is_word(char c) {
  auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

/// The end of a token that `close` ends; doubled, it stands for itself.
std::size_t end_of_quoted(std::string_view sql, std::size_t at, char close) {
  while ((at = sql.find(close, at + 1)) != std::string_view::npos) {
    bool doubled = close != ']' && at + 1 < sql.size() && sql[at + 1] == close;
    if (!doubled) return at + 1;
    ++at;
  }
  return sql.size();
}

std::size_t end_of_comment(std::string_view sql, std::size_t at) {
  bool block = sql[at] == '/';
  std::size_t end = block ? sql.find("*/", at + 2) : sql.find('\n', at);
  if (end == std::string_view::npos) return sql.size();
  return block ? end + 2 : end;
}

Token next_token(std::string_view sql) {
  char first = sql.front();
  auto token = [&](Kind kind, std::size_t end) { return Token{kind, sql.substr(0, end)}; };
  if (first == '"' || first == '`') return token(Kind::quoted, end_of_quoted(sql, 0, first));
  if (first == '[') return token(Kind::quoted, end_of_quoted(sql, 0, ']'));
  if (first == '\'') return token(Kind::string, end_of_quoted(sql, 0, first));
  if (sql.starts_with("--") || sql.starts_with("/*"))
    return token(Kind::space, end_of_comment(sql, 0));
  if (std::isspace(static_cast<unsigned char>(first)) != 0) return token(Kind::space, 1);
  if (!is_word(first)) return token(Kind::other, 1);
  auto end = std::ranges::find_if_not(sql, is_word) - sql.begin();
  return token(Kind::word, static_cast<std::size_t>(end));
}

std::string spelled_like(const Token& token, const std::string& name) {
  if (token.kind == Kind::word) return name;
  char quote = token.text.front();
  if (quote == '[') return "[" + name + "]";
  return quote + replace_all(name, std::string(1, quote), std::string(2, quote)) + quote;
}

bool same_name(const std::string& a, const Name& b) { return lower(a) == lower(b.text()); }

/// Calls `replace` for each token that is `table` in `table.column`; it gives the
/// text to write, and nothing to leave out token and dot.
template <class Replace>
std::string edit_qualifiers(std::string_view sql, const Name& table, Replace replace) {
  std::string out;
  std::vector<Token> tokens = tokens_of(sql);
  auto is_dot = [&](std::size_t at) { return at < tokens.size() && tokens[at].text == "."; };
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    bool nameable = token.kind != Kind::space && token.kind != Kind::other;
    bool qualifier = nameable && is_dot(at + 1) && !(at > 0 && is_dot(at - 1)) &&
                     same_name(name_in(token), table);
    if (!qualifier) {
      out += token.text;
    } else if (std::optional<std::string> text = replace(token)) {
      out += *text;
    } else {
      ++at;
    }
  }
  return out;
}

// Those that no identifier can be spelled like, of SQLite 3.40.
constexpr std::array reserved = std::to_array<std::string_view>(
    {"add",     "all",        "alter",       "and",     "as",       "autoincrement",
     "between", "case",       "check",       "collate", "commit",   "constraint",
     "create",  "default",    "deferrable",  "delete",  "distinct", "drop",
     "else",    "escape",     "except",      "exists",  "foreign",  "from",
     "group",   "having",     "in",          "index",   "insert",   "intersect",
     "into",    "is",         "isnull",      "join",    "limit",    "not",
     "nothing", "notnull",    "null",        "on",      "or",       "order",
     "primary", "references", "returning",   "select",  "set",      "table",
     "then",    "to",         "transaction", "union",   "unique",   "update",
     "using",   "values",     "when",        "where"});

}  // namespace

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  while (!sql.empty()) {
    tokens.push_back(next_token(sql));
    sql.remove_prefix(tokens.back().text.size());
  }
  return tokens;
}

std::string name_in(const Token& token) {
  if (token.kind == Kind::word) return std::string(token.text);
  char quote = token.text.front();
  if (token.text.size() < 2) return {};
  std::string inner(token.text.substr(1, token.text.size() - 2));
  if (quote == '[') return inner;
  return replace_all(std::move(inner), std::string(2, quote), std::string(1, quote));
}

bool may_mention(std::string_view sql, const Name& name) {
  return std::ranges::any_of(tokens_of(sql), [&](const Token& token) {
    return (token.kind == Kind::word || token.kind == Kind::quoted) &&
           same_name(name_in(token), name);
  });
}

bool may_mention(const Index& index, const Name& column) {
  return may_mention(index.where, column) ||
         std::ranges::any_of(index.columns, [&](const IndexColumn& part) {
           return part.is_expression ? may_mention(part.text, column) : part.text == column.text();
         });
}

std::string with_qualifier(std::string_view sql, const Name& old_table, const Name& new_table) {
  return edit_qualifiers(sql, old_table, [&](const Token& token) {
    return std::optional(spelled_like(token, new_table.text()));
  });
}

std::string without_qualifier(std::string_view sql, const Name& table) {
  return edit_qualifiers(sql, table, [](const Token&) { return std::optional<std::string>(); });
}

std::string with_plain_strings(std::string_view sql, const Table& table) {
  if (sql.find('"') == std::string_view::npos) return std::string(sql);
  std::vector<Token> tokens = tokens_of(sql);
  std::erase_if(tokens, [](const Token& it) { return it.kind == Kind::space; });
  auto text = [&](std::size_t at) {
    return at < tokens.size() ? lower(tokens[at].text) : std::string();
  };
  std::string out(sql);
  for (std::size_t at = tokens.size(); at-- > 0;) {
    const Token& token = tokens[at];
    if (token.text.front() != '"') continue;
    const std::string before = at > 0 ? text(at - 1) : "", after = text(at + 1);
    const std::string name = name_in(token);
    bool names = before == "." || before == "collate" || before == "as" || after == "." ||
                 after == "(" || std::ranges::any_of(table.columns, [&](const Column& column) {
                   return same_name(name, column.name);
                 });
    if (!names)
      out.replace(static_cast<std::size_t>(token.text.data() - sql.data()), token.text.size(),
                  "'" + replace_all(name, "'", "''") + "'");
  }
  return out;
}

bool same_but_for_names(std::string_view before, std::string_view after,
                        const std::map<Name, Name>& names) {
  return std::ranges::equal(
      tokens_of(before), tokens_of(after), [&](const Token& was, const Token& now) {
        bool is_name = was.kind == Kind::word || was.kind == Kind::quoted;
        auto found = is_name ? names.find(Name(name_in(was))) : names.end();
        return found == names.end() ? was.text == now.text
                                    : now.kind == was.kind && name_in(now) == found->second.text();
      });
}

bool is_constant(std::string_view default_sql) {
  std::string_view sql = trim(default_sql);
  while (sql.starts_with("(") && sql.ends_with(")")) sql = trim(sql.substr(1, sql.size() - 2));
  bool first = true;
  std::size_t values = 0;
  for (const Token& token : tokens_of(sql)) {
    if (token.kind == Kind::space) continue;
    bool sign = first && (token.text == "-" || token.text == "+");
    bool decimal = token.text == "." || (token.kind == Kind::word && values > 0);
    bool blob = token.kind == Kind::string && values == 1 && lower(sql.substr(0, 1)) == "x";
    first = false;
    if (sign || decimal || blob) continue;
    if (token.kind == Kind::other) return false;
    ++values;
  }
  std::string word = lower(sql);
  return values == 1 && !word.starts_with("current_");
}

bool is_plain(const Name& name) {
  const std::string& text = name.text();
  bool word = !text.empty() && std::ranges::all_of(text, is_word) && text.front() != '$' &&
              std::isdigit(static_cast<unsigned char>(text.front())) == 0;
  return word && std::ranges::find(reserved, lower(text)) == reserved.end();
}

}  // namespace tidemark::sqlite_sql
