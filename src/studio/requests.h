// The parameters of requests, read into the values that the rest of the studio takes.
#pragma once

#include "base/json.h"
#include "studio/grid.h"

namespace tidemark::studio {

/// Empty, or false, or 0, where it is missing or something else.
std::string text_of(const json::object& from, std::string_view key);
bool flag_of(const json::object& from, std::string_view key);
std::size_t number_of(const json::object& from, std::string_view key, std::size_t otherwise);

/// `{"schema", "table"}`
Path path_of(const json::object& from);

/// `filters`, `any`, `where`, `sorts`; a filter with `filters` of its own is a group.
Selection selection_of(const json::object& from);
/// `after`, `offset`, `limit`
PageRequest page_of(const json::object& from);
/// A list of values as they were sent to the page.
std::vector<Encoded> encoded_list(const json::object& from, std::string_view key);

}  // namespace tidemark::studio
