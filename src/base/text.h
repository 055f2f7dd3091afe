// Small things done with text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/error.h"

namespace tidemark {

std::vector<std::string> split(std::string_view text, std::string_view separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trim(std::string_view text);
std::string lower(std::string_view text);  // ASCII only
std::string replace_all(std::string text, std::string_view what, std::string_view with);

/// The longest beginning of UTF-8 text of at most so many bytes that ends with a character.
std::string_view cut_text(std::string_view text, std::size_t bytes);

/// "1 row", "3 rows".
std::string counted(std::size_t number, std::string_view what);

/// "830.2 MB".
std::string shown_bytes(std::uint64_t bytes);

/// The candidate that `wrong` was probably meant to be; empty when none is near.
std::string did_you_mean(std::string_view wrong, std::span<const std::string> candidates);

/// The place of a byte offset of `text`, with the text of its line.
SourceRange range_at(const std::string& file, std::string_view text, std::size_t offset,
                     std::size_t length = 1);

}  // namespace tidemark
