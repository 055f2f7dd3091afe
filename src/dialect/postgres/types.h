// Types as snapshots write them, and as SQL writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tidemark/catalog.h"

namespace tidemark::postgres_dialect {

/// `numeric(10, 2)[3][]` taken apart.
struct TypeParts {
  std::string name;       // without modifiers and dimensions: `numeric`, `timestamp with time zone`
  std::string modifiers;  // `(10, 2)`, or empty
  std::string dimensions;  // `[3][]`, or empty
};
TypeParts parse_type(std::string_view text);

/// The enum that a type with a schema is of, as such or in an array.
Path enum_path(const SqlType& type);

/// The type in a column's definition. The schema of an enum is written where it is
/// not the default one.
std::string type_sql(const SqlType& type);
/// The type in ALTER COLUMN and in casts, where the schema is always written.
std::string full_type_sql(const SqlType& type);

/// Whether two types are the same but for how they are written.
bool same_type(const SqlType& a, const SqlType& b);

/// How values of one type become values of another.
enum class Cast : std::uint8_t {
  assignment,    // by itself, in ALTER COLUMN too
  explicit_,     // `c::type`
  through_text,  // there is no cast: `c::text::type`
  into_array,    // a scalar becomes an array of one
};
Cast cast_between(const SqlType& from, bool from_enum, const SqlType& to, bool to_enum);

/// Whether a column of one type can refer to one of the other: the server compares them, or
/// takes the first for the second without being told.
bool can_refer(const SqlType& from, const SqlType& to);

/// Whether a column of the type may have a collation of its own.
bool can_be_collated(const SqlType& type);

// What a change of type does to the rows that are there.

/// The table is not written anew: `varchar(10)` to `text`.
bool keeps_stored_form(const SqlType& from, const SqlType& to);
/// Some values become others: `numeric` to `integer`, `timestamp` to `date`.
bool rounds_or_cuts(const SqlType& from, const SqlType& to);
/// Some values have no counterpart, and the statement fails on them.
bool may_refuse_values(const SqlType& from, const SqlType& to);
/// The condition of rows whose value the statement fails on; empty where no comparison tells.
std::string refused_condition(const SqlType& from, const SqlType& to, const Name& column);

}  // namespace tidemark::postgres_dialect
