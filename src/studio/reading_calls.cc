#include "studio/reading_calls.h"

#include "base/text.h"
#include "connect/connection.h"

namespace tidemark::studio {
namespace {

using Tokens = std::span<const Token>;

/// Of SQLite: core, dates, mathematics, aggregates, windows, JSON, full text; and libSQL's vectors.
constexpr std::string_view functions =
    " abs acos acosh asin asinh atan atan2 atanh avg bm25 cast ceil ceiling changes char "
    "coalesce concat concat_ws cos cosh count cume_dist current_date current_time "
    "current_timestamp date datetime degrees dense_rank exp first_value floor format "
    "generate_series glob group_concat hex highlight if ifnull iif instr json json_array "
    "json_array_length json_each json_error_position json_extract json_group_array "
    "json_group_object json_insert json_object json_patch json_pretty json_quote json_remove "
    "json_replace json_set json_tree json_type json_valid jsonb jsonb_array jsonb_each "
    "jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch "
    "jsonb_remove jsonb_replace jsonb_set jsonb_tree julianday lag last_insert_rowid "
    "last_value lead length like likelihood likely ln log log10 log2 lower ltrim match "
    "matchinfo max median min mod nth_value ntile nullif octet_length offsets percent_rank "
    "percentile percentile_cont percentile_disc pi pow power printf quote radians random "
    "randomblob rank regexp replace round row_number rtrim sign sin sinh snippet soundex "
    "sqlite_compileoption_get sqlite_compileoption_used sqlite_offset sqlite_source_id "
    "sqlite_version sqrt strftime string_agg substr substring subtype sum tan tanh time "
    "timediff total total_changes trim trunc typeof unhex unicode unistr unistr_quote "
    "unixepoch unlikely upper vector vector16 vector1bit vector32 vector64 vector8 "
    "vector_distance_cos vector_distance_l2 vector_extract vector_top_k vectorb16 zeroblob ";

/// Words behind which a parenthesis is no call.
constexpr std::string_view keywords =
    " all and as between by case collate distinct else escape except exists filter from group "
    "having "
    "in intersect is isnull join limit materialized not notnull offset on or over recursive "
    "returning select then union using values when where ";

constexpr std::string_view telling_pragmas =
    " application_id auto_vacuum collation_list compile_options data_version database_list "
    "encoding foreign_keys freelist_count function_list journal_mode module_list page_count "
    "page_size pragma_list schema_version user_version ";

/// What stands behind these in parentheses says of what they tell; elsewhere it would be set.
constexpr std::string_view asked_pragmas =
    " foreign_key_check foreign_key_list index_info index_list index_xinfo integrity_check "
    "quick_check table_info table_list table_xinfo ";

/// Tables that are there without being made, and read files.
constexpr std::string_view file_tables = " fsdir sqlite_dbpage zipfile ";

/// Whether a list, of words between spaces, has this one.
bool is_in(std::string_view list, std::string_view word) {
  bool one = !word.empty() && word.find(' ') == word.npos;
  return one && list.find(" " + std::string(word) + " ") != list.npos;
}

/// SQLite takes a string for a name where only a name can stand.
bool may_name(const Token& token) {
  return token.kind == Token::Kind::word || token.kind == Token::Kind::name ||
         token.kind == Token::Kind::string;
}

/// The name in lower case, without what quotes it.
std::string plain_name(const Token& token) {
  std::string_view text = token.text;
  if (token.kind != Token::Kind::word && text.size() >= 2) text = text.substr(1, text.size() - 2);
  return lower(text);
}

bool makes_unknown_table(const std::string& name) {
  constexpr std::string_view prefix = "pragma_";
  if (is_in(file_tables, name)) return true;
  if (!name.starts_with(prefix)) return false;
  std::string_view pragma = std::string_view(name).substr(prefix.size());
  return !is_in(telling_pragmas, pragma) && !is_in(asked_pragmas, pragma);
}

bool is_at(Tokens tokens, std::size_t i, std::string_view word) {
  return i < tokens.size() && tokens[i].is(word);
}

/// `n(i) AS (…`, by which WITH names a query and its columns.
bool names_query(Tokens tokens, std::size_t name) {
  std::size_t at = name + 1;
  while (at < tokens.size() && !tokens[at].is(')')) ++at;
  if (!is_at(tokens, ++at, "as")) return false;
  if (is_at(tokens, at + 1, "not")) ++at;
  if (is_at(tokens, at + 1, "materialized")) ++at;
  return at + 1 < tokens.size() && tokens[at + 1].is('(');
}

/// With a parenthesis behind it; `CAST(a AS varchar(20))` has a type there.
bool calls_unknown(Tokens tokens, std::size_t i, const std::string& name) {
  bool keyword = tokens[i].kind == Token::Kind::word && is_in(keywords, name);
  bool type = i > 0 && tokens[i - 1].is("as");
  bool pragma = name.starts_with("pragma_");  // a telling one
  return !keyword && !type && !pragma && !is_in(functions, name) && !names_query(tokens, i);
}

}  // namespace

std::string unknown_call(std::string_view sql) {
  std::vector<Token> tokens = tokenize(sql, Engine::sqlite);
  if (only_tells(tokens)) return {};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!may_name(tokens[i])) continue;
    std::string name = plain_name(tokens[i]);
    if (makes_unknown_table(name)) return name;
    bool call = i + 1 < tokens.size() && tokens[i + 1].is('(');
    if (call && calls_unknown(tokens, i, name)) return name;
  }
  return {};
}

bool only_tells(std::span<const Token> pragma) {
  if (!is_at(pragma, 0, "pragma")) return false;
  Tokens rest = pragma.subspan(1);
  if (rest.size() > 2 && rest[1].is('.')) rest = rest.subspan(2);
  if (rest.empty() || !may_name(rest[0])) return false;
  std::string name = plain_name(rest[0]);
  if (rest.size() == 1) return is_in(telling_pragmas, name) || is_in(asked_pragmas, name);
  return rest.size() == 4 && rest[1].is('(') && rest[3].is(')') && is_in(asked_pragmas, name);
}

void require_known_calls(std::string_view sql) {
  std::string name = unknown_call(sql);
  if (name.empty()) return;
  DatabaseError error("only reading: nobody knows here what " + name + " does");
  error.hint =
      "Of a libSQL server's functions those of SQLite and of vectors are called; without "
      "--read-only (with --write, where it is another machine's) all of them.";
  throw error;
}

}  // namespace tidemark::studio
