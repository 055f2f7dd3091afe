#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// The build-id among the ELF notes of a loaded library whose path holds `name`; that
/// of the program itself for an empty name. Empty when it has none.
std::string build_id(std::string_view name);

}  // namespace tidemark
