// Which function of drizzle-orm makes a column of a SQL type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::schema_text {

/// `varchar({ length: 20 }).array(2)`. Only what drizzle-orm turns back into the same
/// type is `builtin`; an enum is known by its path, all else is a custom type.
struct ColumnType {
  enum class Made { builtin, from_enum, custom };
  /// What values are in TypeScript, as far as defaults depend on it.
  enum class Value { number, string, boolean, other };

  Made made = Made::custom;
  std::string function = {};                 // of `builtin`
  std::string options = {};                  // `{ … }`; empty without
  Path enumeration = {};                     // of `from_enum`
  std::string sql = {};                      // of `custom`
  std::vector<std::string> dimensions = {};  // of an array: sizes, empty where not given
  Value value = Value::other;
  std::string remark = {};  // a comment for the line above
};

/// Made by a function of drizzle-orm.
inline ColumnType builtin(std::string function, ColumnType::Value value, std::string options = {}) {
  return {.made = ColumnType::Made::builtin,
          .function = std::move(function),
          .options = std::move(options),
          .value = value};
}

ColumnType postgres_type(const Column& column);
ColumnType sqlite_type(const Column& column);
ColumnType column_type(const Column& column, Engine engine);

/// Of `integer[][2]` the type `integer`.
std::string element_type(std::string_view text);

/// The digits in `name(digits)`, empty for any other text.
std::string single_argument(std::string_view text, std::string_view name);

}  // namespace tidemark::schema_text
