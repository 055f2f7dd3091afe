// What scripts may see of the machine: files inside the project, random bytes and
// digests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tidemark::script {

/// The folder that holds the repository or workspace that `cwd` is part of.
std::filesystem::path project_root(const std::filesystem::path& cwd);

/// The real path. Throws Error when it, or what a link leads to, is outside.
std::filesystem::path inside_project(const std::filesystem::path& cwd, const std::string& path);

/// The names in a folder as a JSON array, sorted.
std::string list_folder(const std::filesystem::path& folder);

/// "file", "folder", or empty when there is nothing.
std::string_view kind_of_file(const std::filesystem::path& path);

std::string random_hex_digits(std::size_t bytes);

/// The digest of bytes given in hexadecimal; empty for an unknown algorithm.
std::string hex_digest(const std::string& algorithm, const std::string& hex);

}  // namespace tidemark::script
