// Which files make up the schema: entries that are files, folders or globs,
// expanded in the order the peer loads them, which decides the order of tables.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace tidemark {

struct SchemaFiles {
  std::vector<std::filesystem::path> files;  // absolute, each once
  std::vector<std::string> unmatched;        // entries that found nothing
};

/// An entry that begins with `!` takes files away. Throws Error(Fault::usage) when
/// no file is left.
SchemaFiles schema_files(const std::filesystem::path& cwd, std::span<const std::string> entries);

/// May it hold a schema? Declarations (`.d.ts`) hold none.
bool is_script(const std::filesystem::path& file);

}  // namespace tidemark
