#include "source/script/file_lookup.h"

#include <array>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 9> endings = {".ts",  ".tsx", ".mts", ".cts", ".js",
                                                     ".jsx", ".mjs", ".cjs", ".json"};

/// `./a.js` for a file that is written as `./a.ts`.
fs::path as_typescript(World& world, const std::string& path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> twins = {
      {{".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}}};
  for (const auto& [compiled, source] : twins) {
    if (!path.ends_with(compiled)) continue;
    std::string twin = path.substr(0, path.size() - compiled.size()) + std::string(source);
    if (world.is_file(twin)) return twin;
  }
  return {};
}

fs::path with_ending(World& world, const std::string& path) {
  for (std::string_view ending : endings)
    if (std::string whole = path + std::string(ending); world.is_file(whole)) return whole;
  return {};
}

}  // namespace

fs::path find_module_file(World& world, const fs::path& path) {
  std::string plain = path.lexically_normal().string();
  if (plain.size() > 1 && plain.ends_with('/')) plain.pop_back();
  if (world.is_file(plain)) return plain;
  if (fs::path found = with_ending(world, plain); !found.empty()) return found;
  if (fs::path found = as_typescript(world, plain); !found.empty()) return found;
  return world.is_folder(plain) ? with_ending(world, plain + "/index") : fs::path();
}

std::string nearest_module_name(World& world, const fs::path& path) {
  std::vector<std::string> names = world.names(path.parent_path());
  if (!path.has_extension())
    for (std::string& name : names) name = fs::path(name).stem().string();
  return did_you_mean(path.filename().string(), names);
}

}  // namespace tidemark::script
