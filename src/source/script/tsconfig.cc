#include "source/script/tsconfig.h"

#include <algorithm>

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

/// What `*` stands for when a pattern of `paths` matches; nothing when it does not.
bool match(std::string_view pattern, std::string_view specifier, std::string_view& star) {
  std::size_t at = pattern.find('*');
  if (at == std::string_view::npos) return pattern == specifier;
  std::string_view start = pattern.substr(0, at), end = pattern.substr(at + 1);
  if (specifier.size() < start.size() + end.size() || !specifier.starts_with(start) ||
      !specifier.ends_with(end))
    return false;
  star = specifier.substr(at, specifier.size() - start.size() - end.size());
  return true;
}

/// The file that `extends` names: a path, or a package.
fs::path extended_file(World& world, const fs::path& folder, const std::string& base) {
  auto existing = [&](fs::path path) -> fs::path {
    for (fs::path file : {path, fs::path(path.string() + ".json"), path / "tsconfig.json"})
      if (world.is_file(file)) return file;
    return {};
  };
  if (base.starts_with('.') || base.starts_with('/')) return existing(folder / base);
  for (fs::path place = folder;; place = place.parent_path()) {
    if (fs::path found = existing(place / "node_modules" / base); !found.empty()) return found;
    if (place == place.parent_path()) return {};
  }
}

}  // namespace

std::vector<fs::path> Tsconfig::candidates(const std::string& specifier) const {
  std::size_t best_length = 0;
  std::vector<fs::path> best;
  for (const auto& [pattern, targets] : paths) {
    std::string_view star;
    if (!match(pattern, specifier, star)) continue;
    std::size_t length = std::min(pattern.find('*'), pattern.size());
    if (!best.empty() && length <= best_length) continue;
    best_length = length;
    best.clear();
    for (std::string target : targets) {
      if (std::size_t at = target.find('*'); at != std::string::npos) target.replace(at, 1, star);
      best.push_back((paths_base / target).lexically_normal());
    }
  }
  return best;
}

const Tsconfig& Tsconfigs::of_folder(const fs::path& folder) {
  auto known = by_folder_.find(folder);
  if (known != by_folder_.end()) return known->second;
  Tsconfig config;
  for (const char* name : {"tsconfig.json", "jsconfig.json"}) {
    fs::path file = files_.nearest(folder, name);
    if (file.empty()) continue;
    config = read(file, 0);
    break;
  }
  return by_folder_[folder] = std::move(config);
}

Tsconfig Tsconfigs::read(const fs::path& file, int depth) {
  Tsconfig config;
  const json::object* text = files_.read(file);
  if (!text || depth > 8) return config;
  if (const json::value* extends = text->if_contains("extends")) {
    if (extends->is_string()) extend(config, file, std::string(extends->as_string()), depth);
    if (const json::array* several = extends->if_array())
      for (const json::value& one : *several)
        if (one.is_string()) extend(config, file, std::string(one.as_string()), depth);
  }
  const json::value* section = text->if_contains("compilerOptions");
  const json::object* options = section ? section->if_object() : nullptr;
  fs::path folder = file.parent_path();
  std::string base_url = options ? text_member(*options, "baseUrl") : "";
  if (!base_url.empty()) config.base_url = (folder / base_url).lexically_normal();
  const json::value* paths = options ? options->if_contains("paths") : nullptr;
  if (paths && paths->is_object()) {
    config.paths_base = config.base_url.empty() ? folder : config.base_url;
    config.paths.clear();
    for (const auto& [pattern, targets] : paths->as_object()) {
      std::vector<std::string> list;
      if (const json::array* array = targets.if_array())
        for (const json::value& target : *array)
          if (target.is_string()) list.emplace_back(target.as_string());
      config.paths.emplace_back(std::string(pattern), std::move(list));
    }
  }
  // A solution file lists the projects that have the paths.
  if (config.paths.empty() && depth == 0)
    if (const json::value* references = text->if_contains("references");
        references && references->is_array())
      for (const json::value& one : references->as_array()) {
        std::string path = one.is_object() ? text_member(one.as_object(), "path") : "";
        fs::path target = path.empty() ? fs::path()
                                       : extended_file(files_.world(), folder,
                                                       path.starts_with('.') ? path : "./" + path);
        if (target.empty()) continue;
        Tsconfig referenced = read(target, 1);
        if (config.paths.empty() && !referenced.paths.empty()) config = std::move(referenced);
      }
  return config;
}

void Tsconfigs::extend(Tsconfig& config, const fs::path& file, const std::string& base, int depth) {
  fs::path target = extended_file(files_.world(), file.parent_path(), base);
  if (target.empty()) return;  // a package that is not installed
  Tsconfig inherited = read(target, depth + 1);
  if (!inherited.base_url.empty()) config.base_url = inherited.base_url;
  if (inherited.paths.empty()) return;
  config.paths = std::move(inherited.paths);
  config.paths_base = std::move(inherited.paths_base);
}

}  // namespace tidemark::script
