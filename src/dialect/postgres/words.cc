#include "dialect/postgres/words.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tidemark::postgres_dialect {

namespace {

// Reserved in PostgreSQL, fully or but for functions and types; sorted.
// clang-format off
constexpr std::array<std::string_view, 101> reserved = {
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "binary", "both", "case", "cast", "check", "collate", "collation",
    "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
    "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except",
    "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having",
    "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral",
    "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "none", "not",
    "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
    "primary", "references", "returning", "right", "select", "session_user", "similar", "some",
    "symmetric", "system_user", "table", "tablesample", "then", "to", "trailing", "true", "union",
    "unique", "user", "using", "variadic", "verbose", "when", "where", "window"};
// clang-format on

}  // namespace

bool is_reserved(std::string_view word) {
  return word == "with" || std::ranges::binary_search(reserved, word);
}

bool needs_no_quotes(std::string_view name) {
  auto lower_or_underscore = [](unsigned char c) { return std::islower(c) || c == '_'; };
  if (name.empty() || !lower_or_underscore(static_cast<unsigned char>(name.front()))) return false;
  bool plain = std::ranges::all_of(
      name, [&](unsigned char c) { return lower_or_underscore(c) || std::isdigit(c); });
  return plain && !is_reserved(name);
}

}  // namespace tidemark::postgres_dialect
