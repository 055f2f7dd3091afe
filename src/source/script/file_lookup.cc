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

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// `./a.js` for a file that is written as `./a.ts`.
fs::path as_typescript(const std::string& path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> twins = {
      {{".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}}};
  for (const auto& [compiled, source] : twins) {
    if (!path.ends_with(compiled)) continue;
    std::string twin = path.substr(0, path.size() - compiled.size()) + std::string(source);
    if (is_file(twin)) return twin;
  }
  return {};
}

fs::path with_ending(const std::string& path) {
  for (std::string_view ending : endings)
    if (std::string whole = path + std::string(ending); is_file(whole)) return whole;
  return {};
}

}  // namespace

fs::path find_module_file(const fs::path& path) {
  std::string plain = path.lexically_normal().string();
  if (plain.size() > 1 && plain.ends_with('/')) plain.pop_back();
  if (is_file(plain)) return plain;
  if (fs::path found = with_ending(plain); !found.empty()) return found;
  if (fs::path found = as_typescript(plain); !found.empty()) return found;
  return is_folder(plain) ? with_ending(plain + "/index") : fs::path();
}

std::string nearest_module_name(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(path.parent_path(), error)) {
    fs::path name = entry.path().filename();
    names.push_back(path.has_extension() ? name.string() : name.stem().string());
  }
  return did_you_mean(path.filename().string(), names);
}

}  // namespace tidemark::script
