// Which files make up the schema: entries that are files, folders or globs,
// expanded in the order the peer loads them, which decides the order of tables.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace tidemark {

/// Absolute paths, each once. An entry that begins with `!` takes files away.
/// Throws Error(Fault::usage) when nothing matches.
std::vector<std::filesystem::path> schema_files(const std::filesystem::path& cwd,
                                                std::span<const std::string> entries);

/// The paths under `cwd` that a glob matches (`*`, `**`, `?`, `[…]`, `{a,b}`,
/// `!(a|b)` and its kin), sorted as the peer sorts them.
std::vector<std::string> glob(const std::filesystem::path& cwd, const std::string& pattern);

}  // namespace tidemark
