#include "source/schema_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "source/glob.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// A folder stands for the scripts directly inside it, in byte order.
std::vector<fs::path> scripts_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (!entry.is_directory() && is_script(entry.path())) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::vector<fs::path> files_of(const fs::path& cwd, std::string_view entry) {
  std::vector<fs::path> files;
  for (const std::string& match : glob(cwd, entry)) {
    fs::path path = (cwd / match).lexically_normal();
    if (fs::is_directory(path))
      for (fs::path& file : scripts_in(path)) files.push_back(std::move(file));
    else if (is_script(path) || match == entry)
      files.push_back(std::move(path));
  }
  return files;
}

}  // namespace

bool is_script(const std::filesystem::path& file) {
  constexpr std::array<std::string_view, 6> endings = {".ts",  ".js",  ".cjs",
                                                       ".mjs", ".mts", ".cts"};
  std::string name = file.filename().string();
  if (name.ends_with(".d.ts") || name.ends_with(".d.mts") || name.ends_with(".d.cts")) return false;
  return std::ranges::find(endings, file.extension().string()) != endings.end();
}

SchemaFiles schema_files(const fs::path& cwd, std::span<const std::string> entries) {
  SchemaFiles result;
  for (const std::string& entry : entries) {
    bool takes_away = entry.starts_with('!');
    auto files = files_of(cwd, std::string_view(entry).substr(takes_away ? 1 : 0));
    for (const fs::path& file : files) {
      auto known = std::ranges::find(result.files, file);
      if (takes_away && known != result.files.end())
        result.files.erase(known);
      else if (!takes_away && known == result.files.end())
        result.files.push_back(file);
    }
    if (files.empty() && !takes_away) result.unmatched.push_back(entry);
  }
  if (result.files.empty())
    throw Error(Fault::usage, fmt::format("no schema files found for {}", join(entries, ", ")))
        .hint(fmt::format("Schema paths are relative to {}.", cwd.string()));
  return result;
}

}  // namespace tidemark
