// PostgreSQL: the rules are psql's, which splits every dump without a grammar:
// semicolons count outside parentheses and outside the BEGIN ATOMIC body of a
// function. SQLite: those of sqlite3_complete(), where a trigger ends at `; END ;`.
// The tests compare the result with PostgreSQL's own parser.
#include "apply/splitter.h"

#include <span>

#include "apply/classify.h"
#include "apply/sql_lexer.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr std::string_view marker = "--> statement-breakpoint";

using Tokens = std::span<const Token>;

/// Whether the statement that starts here is a CREATE [OR REPLACE] … of this kind.
bool creates(Tokens tokens, std::initializer_list<std::string_view> kinds) {
  if (tokens.empty() || !tokens[0].is("create")) return false;
  for (const Token& token : tokens.subspan(1, std::min<std::size_t>(tokens.size() - 1, 4))) {
    for (std::string_view kind : kinds)
      if (token.is(kind)) return true;
    bool modifier = token.is("or") || token.is("replace") || token.is("temp") ||
                    token.is("temporary") || token.is("constraint");
    if (!modifier) return false;
  }
  return false;
}

/// A word that cannot be a keyword here: after a dot, or as an output name.
bool is_label(Tokens tokens, std::size_t i) {
  return i > 0 && (tokens[i - 1].is('.') || tokens[i - 1].is("as"));
}

/// The number of tokens up to the closing semicolon, without it.
std::size_t length_in_postgres(Tokens tokens) {
  bool routine = creates(tokens, {"function", "procedure"});
  std::size_t parentheses = 0, blocks = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.is('(')) ++parentheses;
    if (token.is(')') && parentheses > 0) --parentheses;
    if (token.is(';') && parentheses == 0 && blocks == 0) return i;
    if (!routine || parentheses > 0 || is_label(tokens, i)) continue;
    bool begins = blocks == 0
                      ? token.is("begin") && i + 1 < tokens.size() && tokens[i + 1].is("atomic")
                      : token.is("case");
    if (begins) ++blocks;
    if (token.is("end") && blocks > 0) --blocks;
  }
  return tokens.size();
}

std::size_t length_in_sqlite(Tokens tokens) {
  bool trigger = creates(tokens, {"trigger"});
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].is(';')) continue;
    bool ends = !trigger || (i >= 2 && tokens[i - 1].is("end") && tokens[i - 2].is(';'));
    if (ends) return i;
  }
  return tokens.size();
}

/// The number of tokens up to the semicolon that ends the statement, without it.
std::size_t statement_length(Tokens tokens, Engine engine) {
  return engine == Engine::postgresql ? length_in_postgres(tokens) : length_in_sqlite(tokens);
}

class Splitter {
 public:
  Splitter(std::string_view text, const std::string& path, Engine engine)
      : text_(text), path_(path), engine_(engine) {}

  std::vector<MigrationStatement> all() {
    // A pulled baseline is one comment around all statements and their markers.
    if (tokenize(text_, engine_).empty()) return {};
    for (std::size_t start = 0; start <= text_.size();) {
      Piece next = piece_at(start);
      run_through(start, next);
      start = next.end + marker.size();
    }
    return std::move(statements_);
  }

 private:
  struct Piece {
    std::size_t end;
    std::vector<Token> tokens;
    bool unfinished() const {
      return !tokens.empty() && tokens.back().kind == Token::Kind::unfinished;
    }
  };

  /// Up to the first marker that does not stand in a string or a name. Where nothing ends
  /// these, up to the first one: what has no end is in front of it.
  Piece piece_at(std::size_t start) const {
    Piece first = piece_to_marker(start, start), next = first;
    while (next.unfinished() && next.end < text_.size())
      next = piece_to_marker(start, next.end + marker.size());
    return next.unfinished() ? first : next;
  }
  Piece piece_to_marker(std::size_t start, std::size_t from) const {
    std::size_t end = std::min(text_.find(marker, from), text_.size());
    return {end, tokenize(text_.substr(start, end - start), engine_)};
  }

  void run_through(std::size_t start, const Piece& piece) {
    const std::string_view sql = text_.substr(start, piece.end - start);
    const std::vector<Token>& tokens = piece.tokens;
    if (piece.unfinished())
      refuse(start + tokens.back().offset, "this string, name or comment has no end",
             "close it before the next statement breakpoint");
    for (Tokens rest = tokens; !rest.empty();) {
      std::size_t length = statement_length(rest, engine_);
      if (length > 0) statement(start, sql, rest.first(length));
      rest = rest.subspan(std::min(length + 1, rest.size()));
    }
  }

  void statement(std::size_t start, std::string_view sql, Tokens tokens) {
    std::size_t first = tokens.front().offset;
    Classification found = classify(tokens, engine_);
    if (!found.refused.empty()) refuse(start + first, found.refused, found.instead);
    statements_.push_back({.offset = start + first,
                           .sql = std::string(sql.substr(first, tokens.back().end() - first)),
                           .handling = found.handling});
  }

  [[noreturn]] void refuse(std::size_t offset, std::string_view why, std::string_view instead) {
    throw Error(Fault::failed, std::string(why))
        .at(range_at(path_, text_, offset))
        .hint(std::string(instead));
  }

  std::string_view text_;
  const std::string& path_;
  Engine engine_;
  std::vector<MigrationStatement> statements_;
};

}  // namespace

bool is_ours(Handling handling) {
  return handling == Handling::begins || handling == Handling::commits ||
         handling == Handling::foreign_keys_off || handling == Handling::foreign_keys_on;
}

std::vector<MigrationStatement> split_migration(std::string_view text, const std::string& path,
                                                Engine engine) {
  return Splitter(text, path, engine).all();
}

std::vector<std::string_view> split_statements(std::string_view text, Engine engine) {
  std::vector<std::string_view> statements;
  std::vector<Token> tokens = tokenize(text, engine);
  for (Tokens rest = tokens; !rest.empty();) {
    std::size_t length = statement_length(rest, engine);
    if (length > 0)
      statements.push_back(text.substr(rest[0].offset, rest[length - 1].end() - rest[0].offset));
    rest = rest.subspan(std::min(length + 1, rest.size()));
  }
  return statements;
}

}  // namespace tidemark
