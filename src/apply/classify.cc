#include "apply/classify.h"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

using Tokens = std::span<const Token>;

/// Whether the statement starts with these keywords.
bool starts(Tokens tokens, std::initializer_list<std::string_view> keywords) {
  if (tokens.size() < keywords.size()) return false;
  return std::ranges::equal(
      tokens.first(keywords.size()), keywords,
      [](const Token& token, std::string_view word) { return token.is(word); });
}

bool contains(Tokens tokens, std::string_view keyword) {
  return std::ranges::any_of(tokens, [&](const Token& token) { return token.is(keyword); });
}

bool contains_both(Tokens tokens, std::string_view first, std::string_view second) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    if (tokens[i].is(first) && tokens[i + 1].is(second)) return true;
  return false;
}

bool builds_index_concurrently(Tokens tokens) {
  if (starts(tokens, {"create", "unique"})) tokens = tokens.subspan(1);
  return tokens.size() > 2 && tokens[1].is("index") && tokens[2].is("concurrently");
}

/// What PostgreSQL refuses inside a transaction block.
bool runs_alone(Tokens tokens) {
  if (starts(tokens, {"create"}) || starts(tokens, {"drop"})) {
    if (builds_index_concurrently(tokens)) return true;
    return tokens.size() > 1 &&
           (tokens[1].is("database") || tokens[1].is("tablespace") || tokens[1].is("subscription"));
  }
  if (starts(tokens, {"alter", "table"}))
    return contains_both(tokens, "detach", "partition") &&
           (tokens.back().is("concurrently") || tokens.back().is("finalize"));
  if (starts(tokens, {"reindex"}))
    return contains(tokens, "concurrently") || contains(tokens, "schema") ||
           contains(tokens, "database") || contains(tokens, "system");
  if (starts(tokens, {"alter", "database"})) return contains_both(tokens, "set", "tablespace");
  if (starts(tokens, {"alter", "subscription"})) return true;
  if (starts(tokens, {"cluster"}))
    return tokens.size() == 1 || starts(tokens, {"cluster", "verbose"});
  return starts(tokens, {"vacuum"}) || starts(tokens, {"alter", "system"}) ||
         starts(tokens, {"discard", "all"});
}

/// What both dialects say alike.
Classification transaction_control(Tokens tokens) {
  if (starts(tokens, {"begin"}) || starts(tokens, {"start", "transaction"}))
    return {.handling = Handling::begins};
  if ((starts(tokens, {"commit"}) || starts(tokens, {"end"})) && !contains(tokens, "prepared"))
    return {.handling = Handling::commits};
  if (starts(tokens, {"abort"}) || (starts(tokens, {"rollback"}) && !contains(tokens, "to")))
    return {.refused = "what runs in one transaction cannot roll itself back",
            .instead = "remove the statement: what fails is rolled back by itself"};
  if (starts(tokens, {"prepare", "transaction"}) || starts(tokens, {"commit", "prepared"}))
    return {.refused = "two-phase commit cannot be part of what runs in one transaction",
            .instead = "remove the statement: what is done is committed at the end"};
  return {};
}

Classification classify_postgres(Tokens tokens) {
  if (tokens[0].is('\\'))
    return {.refused = "this is a command of psql, not SQL",
            .instead = "remove the line, or run the file with psql"};
  if (starts(tokens, {"copy"}) &&
      (contains_both(tokens, "from", "stdin") || contains_both(tokens, "to", "stdout")))
    return {.refused =
                "COPY with inline data is for seed files alone, with a line of \\. behind the rows",
            .instead = "write the rows as INSERT statements, or put them into seeds/"};
  if (runs_alone(tokens)) return {.handling = Handling::alone};
  if (starts(tokens, {"alter", "type"}) && contains_both(tokens, "add", "value"))
    return {.handling = Handling::adds_enum_value};
  bool settings =
      starts(tokens, {"set"}) || starts(tokens, {"reset"}) || contains(tokens, "set_config");
  if (settings && !starts(tokens, {"set", "local"}) && !starts(tokens, {"set", "constraints"}))
    return {.handling = Handling::sets};
  return transaction_control(tokens);
}

/// PRAGMA foreign_keys = OFF in any spelling.
Classification classify_pragma(Tokens tokens) {
  if (tokens.size() < 2) return {};
  if (tokens[1].is("journal_mode") || tokens[1].is("synchronous"))
    return {.handling = tokens.size() > 2 ? Handling::alone : Handling::plain};
  if (!tokens[1].is("foreign_keys") || tokens.size() < 4) return {};
  const Token& value = tokens[3];
  bool off = value.is("off") || value.is("false") || value.is("no") || value.text == "0";
  return {.handling = off ? Handling::foreign_keys_off : Handling::foreign_keys_on};
}

/// Behind a schema's name too.
Tokens without_schema(Tokens tokens) {
  bool qualified = tokens.size() > 2 && tokens[1].is('.');
  return qualified ? tokens.subspan(2) : tokens;
}

/// A libSQL server knows two lists of pragmas, and takes those of the second only without
/// a value.
bool is_pragma_refused_by_libsql(Tokens pragma) {
  static constexpr std::array taken = std::to_array<std::string_view>(
      {"collation_list",     "compile_options",    "data_version",
       "database_list",      "defer_foreign_keys", "encoding",
       "foreign_key_check",  "foreign_key_list",   "foreign_keys",
       "freelist_count",     "function_list",      "index_info",
       "index_list",         "index_xinfo",        "integrity_check",
       "legacy_file_format", "module_list",        "page_count",
       "pragma_list",        "quick_check",        "stats",
       "table_info",         "table_list",         "table_xinfo",
       "user_version"});
  static constexpr std::array read = std::to_array<std::string_view>({"analysis_limit",
                                                                      "application_id",
                                                                      "auto_vacuum",
                                                                      "automatic_index",
                                                                      "busy_timeout",
                                                                      "cache_size",
                                                                      "cache_spill",
                                                                      "cell_size_check",
                                                                      "checkpoint_fullfsync",
                                                                      "fullfsync",
                                                                      "hard_heap_limit",
                                                                      "journal_mode",
                                                                      "journal_size_limit",
                                                                      "legacy_alter_table",
                                                                      "locking_mode",
                                                                      "max_page_count",
                                                                      "mmap_size",
                                                                      "page_size",
                                                                      "query_only",
                                                                      "read_uncommitted",
                                                                      "recursive_triggers",
                                                                      "reverse_unordered_selects",
                                                                      "schema_version",
                                                                      "secure_delete",
                                                                      "soft_heap_limit",
                                                                      "synchronous",
                                                                      "temp_store",
                                                                      "threads",
                                                                      "trusted_schema",
                                                                      "wal_autocheckpoint"});
  if (pragma.empty()) return false;
  auto is_named = [&](std::string_view name) { return pragma[0].is(name); };
  if (std::ranges::any_of(taken, is_named)) return false;
  return pragma.size() > 1 || std::ranges::none_of(read, is_named);
}

/// What the parser of a libSQL server refuses, by which it refuses all of a request.
/// tests/live/libsql_refused.py asks one.
bool is_refused_by_libsql(Tokens tokens) {
  if (starts(tokens, {"vacuum"}) || starts(tokens, {"analyze"}) || starts(tokens, {"attach"}) ||
      starts(tokens, {"detach"}) || starts(tokens, {"begin", "concurrent"}))
    return true;
  if (starts(tokens, {"create", "temp"}) || starts(tokens, {"create", "temporary"})) return true;
  if (starts(tokens, {"pragma"}))
    return is_pragma_refused_by_libsql(without_schema(tokens.subspan(1)));
  if (!starts(tokens, {"create", "table"})) return false;
  tokens = tokens.subspan(starts(tokens.subspan(2), {"if", "not", "exists"}) ? 5 : 2);
  return tokens.size() > 1 && tokens[0].is("temp") && tokens[1].is('.');
}

bool is_parameter(const Token& token) {
  return token.kind == Token::Kind::symbol && (token.is('?') || token.is(':') || token.is('@'));
}

bool adds_constraint(Tokens tokens) {
  if (!starts(tokens, {"alter", "table"})) return false;
  for (std::size_t i = 2; i + 1 < tokens.size(); ++i)
    if (tokens[i].is("add")) return tokens[i + 1].is("constraint");
  return false;
}

/// Grammar that a libSQL server's parser does not have; empty for none.
std::string_view not_in_libsql(Tokens tokens) {
  if (std::ranges::any_of(tokens, is_parameter)) return "write the value instead of a parameter";
  if (adds_constraint(tokens))
    return "a constraint needs the table built anew: `tidemark generate` writes that";
  return {};
}

Classification classify_sqlite(Tokens tokens, Engine engine) {
  if (engine == Engine::turso && is_refused_by_libsql(tokens))
    return {.refused = "a libSQL server refuses this statement",
            .instead = "take it out; Turso does what it is for by itself"};
  if (engine == Engine::turso)
    if (std::string_view instead = not_in_libsql(tokens); !instead.empty())
      return {.refused = "a libSQL server refuses this statement", .instead = instead};
  if (tokens[0].is('.'))
    return {.refused = "this is a command of the sqlite3 shell, not SQL",
            .instead = "remove the line, or run the file with the shell"};
  if (starts(tokens, {"pragma"})) return classify_pragma(tokens);
  if (starts(tokens, {"vacuum"}) || starts(tokens, {"attach"}) || starts(tokens, {"detach"}))
    return {.handling = Handling::alone};
  return transaction_control(tokens);
}

}  // namespace

Classification classify(Tokens tokens, Engine engine) {
  return engine == Engine::postgresql ? classify_postgres(tokens) : classify_sqlite(tokens, engine);
}

}  // namespace tidemark
