// Which file a path without its ending means.
#pragma once

#include <filesystem>
#include <string>

#include "source/script/world.h"

namespace tidemark::script {

/// The file itself, with an ending added (.ts first), with `.js` read as `.ts`, or
/// the index of a folder; empty when there is none.
std::filesystem::path find_module_file(World& world, const std::filesystem::path& path);

/// The nearest name to `path` among what its folder holds, without ending.
std::string nearest_module_name(World& world, const std::filesystem::path& path);

}  // namespace tidemark::script
