// Pieces of TypeScript text.
#pragma once

#include <string>
#include <string_view>

namespace tidemark::schema_text {

/// Whether a text can stand after a dot and before a colon as it is. Like Drizzle Kit
/// this asks for ASCII.
bool is_plain_key(std::string_view text);

std::string double_quoted(std::string_view text);
std::string single_quoted(std::string_view text);

/// sql`…`
std::string sql_template(std::string_view sql);

/// A key of an object: `id`, `"two words"`.
std::string object_key(std::string_view key);

/// A member of an object: `table.id`, `table["two words"]`.
std::string member(std::string_view object, std::string_view key);

/// Lines of a comment, each of which ends.
std::string comment(std::string_view text, std::string_view indent = "");

}  // namespace tidemark::schema_text
