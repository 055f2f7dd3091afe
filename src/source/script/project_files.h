// What scripts may see of the machine: files inside the project, random bytes and
// digests.
#pragma once

#include <filesystem>
#include <string>

#include "source/script/world.h"

namespace tidemark::script {

/// The real path. Throws Error when it, or what a link leads to, is outside.
std::filesystem::path inside_project(World& world, const std::string& path);

std::string random_hex_digits(std::size_t bytes);

/// The digest of bytes given in hexadecimal; empty for an unknown algorithm.
std::string hex_digest(const std::string& algorithm, const std::string& hex);

}  // namespace tidemark::script
