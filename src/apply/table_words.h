// A CREATE TABLE as SQLite keeps it, changed here and there in its own words.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dialect/sqlite/create_text.h"

namespace tidemark {

/// What both generators put before the name of a table that takes another's place.
inline constexpr std::string_view successor_prefix = "__new_";

/// The text of the table, as `read_create_table` found it, under another name and without some of
/// its unique constraints: by their places in the table, from the first on.
std::string without_uniques(std::string sql, const sqlite_sql::TableText& text,
                            std::span<const std::size_t> uniques, const Name& name);

}  // namespace tidemark
