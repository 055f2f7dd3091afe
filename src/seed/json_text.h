// JSON as it is written. Its numbers are not read, so that every digit stays; what is taken
// apart are views into the text, so that everything has its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::seed {

struct JsonMember {
  std::string_view key;  // a literal, with its quotes
  std::string_view value;
};

/// Of one value each, which must be valid JSON without space around it.
std::vector<std::string_view> items_of(std::string_view array);
std::vector<JsonMember> members_of(std::string_view object);

/// What a literal in quotes says.
std::string string_of(std::string_view literal);

/// The same JSON without space between its tokens.
std::string without_space(std::string_view value);

/// The one value of a document.
std::string_view trimmed(std::string_view document);

}  // namespace tidemark::seed
