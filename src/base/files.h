// Files as commands need them: read whole, written whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// The bytes of a file. Throws Error(Fault::failed) naming the path and the reason.
std::string read_file(const std::filesystem::path& path);

/// The same, empty when there is no such file.
std::optional<std::string> read_file_if_exists(const std::filesystem::path& path);

/// Replaces or creates a file: written beside its place, synced, then renamed, so
/// that no reader and no crash sees half of it. Makes missing folders.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace tidemark
