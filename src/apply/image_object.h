// What the image of a PostgreSQL catalog calls an object: "column public.users.name".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidemark/name.h"

namespace tidemark {

struct ImageObject {
  /// "table public.users" → "table", {"public", "users"}.
  explicit ImageObject(std::string_view text);

  /// Names may have dots: then it is not known which is which.
  bool is(std::string_view word, std::size_t parts) const {
    return kind == word && names.size() == parts;
  }
  /// Of the object, or of the table that it is a part of.
  Path path() const { return {.schema = names[0], .name = names[1]}; }

  std::string kind;
  std::vector<Name> names;
  std::string arguments;  // of a function, in parentheses
  std::string described;  // all that follows the kind
};

/// The other way: of an object, or of a part of one.
std::string image_object(std::string_view kind, const Path& path, const Name& part = {});

}  // namespace tidemark
