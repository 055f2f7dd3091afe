// What a field of a file is as the value of its column.
#pragma once

#include <string_view>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

/// Of a CSV. SQLite has no booleans: true and false are 1 and 0 where a number is kept.
Value value_of_text(Value field, const Column& column, Engine engine);

/// Of JSON: a column of JSON gets the value as it is written, an array its elements, any other
/// what a string says or the digits of a number. null is NULL.
Value value_of_json(std::string_view field, const Column& column, Engine engine);

/// Whether SQLite, which keeps any text in any column, would keep this one as no number where
/// only numbers belong.
bool is_misplaced(const Value& value, const Column& column, Engine engine);

}  // namespace tidemark::seed
