#pragma once

#include <cstdint>
#include <string_view>

namespace tidemark {

/// The byte of `sql`, from 1, at which a libSQL server's parser stopped, as its message tells:
/// `… around L2:21: \`3\`` or `… at (1, 32)`. 0 where it tells none. What is told is mostly
/// the end of a word; the place is where that begins.
std::uint32_t error_place(std::string_view message, std::string_view sql);

}  // namespace tidemark
