// Names of the database in camel case, as Drizzle Kit makes them (npm's `camelcase`).
#pragma once

#include <string>
#include <string_view>

namespace tidemark::schema_text {

/// `user_id` and `UserID` → `userId`, `m2m` → `m2M`. Letters beyond ASCII keep their case.
std::string camel_case(std::string_view text);

/// The first letter in upper case.
std::string capitalised(std::string_view text);

}  // namespace tidemark::schema_text
