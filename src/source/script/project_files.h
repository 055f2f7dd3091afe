// What scripts may see of the machine: files inside the project.
#pragma once

#include <filesystem>
#include <string>

#include "source/script/world.h"

namespace tidemark::script {

/// The real path. Throws Error when it, or what a link leads to, is outside.
std::filesystem::path inside_project(World& world, const std::string& path);

}  // namespace tidemark::script
