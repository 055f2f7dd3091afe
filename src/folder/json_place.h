// Looking into the text of a JSON document without building it: the place of a
// value, for messages; and a few top-level strings, for files of which nothing
// else is needed.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The byte offset of the value (or, for a member, of its key) that `path` leads
/// to; of the deepest part of the path that exists when it leads nowhere. Array
/// elements are named by their index in decimal. Returns 0 for broken JSON.
std::size_t place_of(std::string_view text, std::span<const std::string> path);

/// The values of top-level string members, in the order of `keys`; empty for one
/// that was not reached. Reads no further than needed, so a prefix of the text
/// will do.
std::vector<std::optional<std::string>> top_strings(std::string_view text,
                                                    std::span<const std::string_view> keys);

}  // namespace tidemark
