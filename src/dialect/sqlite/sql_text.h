// Reading SQL that users wrote: expressions of checks, indexes and generated
// columns, definitions of views. Only as deep as telling names from the rest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"
#include "tidemark/name.h"

namespace tidemark::sqlite_sql {

/// A piece of SQL; comments are space.
struct Token {
  enum class Kind : std::uint8_t { word, quoted, string, space, other };
  Kind kind;
  std::string_view text;
};
std::vector<Token> tokens_of(std::string_view sql);

/// What the token names, were it an identifier: without quotes.
std::string name_in(const Token& token);

/// Does the text speak of `name`, as an identifier in any spelling? It may be
/// another object of that name, so this errs on the side of yes.
bool may_mention(std::string_view sql, const Name& name);
bool may_mention(const Index& index, const Name& column);

/// The text with `old_table.` before a column's name replaced by `new_table.`, in
/// the spelling that it had.
std::string with_qualifier(std::string_view sql, const Name& old_table, const Name& new_table);

/// The text without `table.` before names. SQLite refuses qualified names in
/// generated columns and in the expressions of indexes (not in their WHERE).
std::string without_qualifier(std::string_view sql, const Name& table);

/// The text of an expression of `table`, with what stands in double quotes and names no column
/// as the string that SQLite takes it for.
/// https://www.sqlite.org/quirks.html#double_quoted_string_literals_are_accepted
std::string with_plain_strings(std::string_view sql, const Table& table);

/// Do both texts say the same once what `names` maps is renamed in `before`?
bool same_but_for_names(std::string_view before, std::string_view after,
                        const std::map<Name, Name>& names);

/// Can a column with this default be added to a table that has rows? SQLite takes
/// constants only.
bool is_constant(std::string_view default_sql);

/// Can the name stand in SQL without quotes?
bool is_plain(const Name& name);

}  // namespace tidemark::sqlite_sql
