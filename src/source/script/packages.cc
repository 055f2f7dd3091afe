#include "source/script/packages.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "source/script/file_lookup.h"

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

std::span<const std::string_view> conditions(Reach reach) {
  static constexpr std::array<std::string_view, 7> any = {
      "source", "development", "node", "import", "module", "require", "default"};
  static constexpr std::array<std::string_view, 3> importing = {"node", "import", "default"};
  static constexpr std::array<std::string_view, 3> requiring = {"node", "require", "default"};
  if (reach == Reach::schema) return any;
  return reach == Reach::import ? importing : requiring;
}

/// Targets of an `exports` or `imports` entry, in order, whatever its nesting.
void collect_targets(const json::value& value, Reach reach, std::vector<std::string>& out) {
  if (value.is_string()) out.emplace_back(value.as_string());
  if (const json::array* list = value.if_array())
    for (const json::value& one : *list) collect_targets(one, reach, out);
  const json::object* object = value.if_object();
  if (!object) return;
  for (const auto& [condition, target] : *object)
    if (std::ranges::find(conditions(reach), std::string_view(condition)) !=
        conditions(reach).end())
      collect_targets(target, reach, out);
  // Types that are sources serve where nothing has been built.
  const json::value* types = reach == Reach::schema ? object->if_contains("types") : nullptr;
  if (types) collect_targets(*types, reach, out);
}

/// The entry for `subpath`, exact or by its longest pattern, with `*` filled in.
std::vector<std::string> targets_of(const json::value& exports, const std::string& subpath,
                                    Reach reach) {
  std::vector<std::string> out;
  const json::object* map = exports.if_object();
  bool has_subpaths =
      map && !map->empty() &&
      (map->begin()->key().starts_with('.') || map->begin()->key().starts_with('#'));
  if (!has_subpaths) {
    if (subpath == ".") collect_targets(exports, reach, out);
    return out;
  }
  if (const json::value* exact = map->if_contains(subpath)) {
    collect_targets(*exact, reach, out);
    return out;
  }
  std::size_t longest = 0;
  for (const auto& [key, target] : *map) {
    std::size_t star = key.find('*');
    if (star == json::string_view::npos) continue;
    std::string start(key.substr(0, star)), end(key.substr(star + 1));
    bool fits = subpath.starts_with(start) && subpath.ends_with(end) &&
                subpath.size() >= start.size() + end.size();
    if (!fits || star + 1 <= longest) continue;
    longest = star + 1;
    out.clear();
    collect_targets(target, reach, out);
    std::string middle = subpath.substr(star, subpath.size() - start.size() - end.size());
    for (std::string& path : out) path = replace_all(path, "*", middle);
  }
  return out;
}

/// A target in dist/ of a package that has not been built lies in src/.
std::vector<std::string> with_sources(const std::vector<std::string>& targets) {
  std::vector<std::string> out;
  for (const std::string& target : targets) {
    out.push_back(target);
    for (std::string_view built :
         {"dist/esm/", "dist/cjs/", "dist/src/", "dist/", "build/", "lib/"}) {
      std::size_t at = target.find(built);
      if (at == std::string::npos || (at > 0 && target[at - 1] != '/')) continue;
      for (std::string_view source : {"src/", ""}) {
        std::string path = target;
        out.push_back(path.replace(at, built.size(), source));
      }
    }
  }
  return out;
}

}  // namespace

PackageName split_package(const std::string& specifier) {
  std::size_t slash = specifier.find('/');
  if (specifier.starts_with('@') && slash != std::string::npos)
    slash = specifier.find('/', slash + 1);
  if (slash == std::string::npos) return {specifier, "."};
  return {specifier.substr(0, slash), "./" + specifier.substr(slash + 1)};
}

/// The source of a target: `x.d.ts` and `x.js` are both made from `x.ts`.
fs::path Packages::existing_target(const fs::path& folder, const std::string& target) {
  std::string plain = target;
  for (std::string_view ending : {".d.ts", ".d.mts", ".d.cts"})
    if (plain.ends_with(ending)) plain.resize(plain.size() - ending.size());
  return find_module_file(world_, folder / plain);
}

fs::path Packages::find(const std::string& specifier, const fs::path& folder, Reach reach) {
  PackageName package = split_package(specifier);
  fs::path found = package_folder(package.name, folder);
  return found.empty() ? fs::path() : entry(found, package.subpath, reach);
}

fs::path Packages::find_import(const std::string& specifier, const fs::path& folder, Reach reach) {
  fs::path file = files_.nearest(folder, "package.json");
  const json::object* package = file.empty() ? nullptr : files_.read(file);
  const json::value* imports = package ? package->if_contains("imports") : nullptr;
  if (!imports) return {};
  for (const std::string& target : with_sources(targets_of(*imports, specifier, reach))) {
    if (!target.starts_with('.')) return find(target, folder, reach);
    if (fs::path found = existing_target(file.parent_path(), target); !found.empty()) return found;
  }
  return {};
}

bool Packages::in_workspace(const std::string& name) {
  list_workspace();
  return workspace_->contains(name);
}

fs::path Packages::package_folder(const std::string& name, const fs::path& folder) {
  for (fs::path place = folder;; place = place.parent_path()) {
    fs::path package = place / "node_modules" / name;
    if (world_.is_folder(package)) return world_.real(package);
    if (place == place.parent_path()) break;
  }
  list_workspace();
  auto member = workspace_->find(name);
  return member == workspace_->end() ? fs::path() : member->second;
}

fs::path Packages::entry(const fs::path& folder, const std::string& subpath, Reach reach) {
  const json::object* package = files_.read(folder / "package.json");
  std::vector<std::string> targets;
  if (const json::value* exports = package ? package->if_contains("exports") : nullptr)
    targets = targets_of(*exports, subpath, reach);
  if (package && subpath == ".")
    for (const char* key : {"source", "main", "module", "types"})
      if (std::string target = text_member(*package, key); !target.empty())
        targets.push_back(target);
  for (const std::string& target : with_sources(targets))
    if (fs::path found = existing_target(folder, target); !found.empty()) return found;
  if (subpath != ".") {
    if (fs::path found = find_module_file(world_, folder / subpath); !found.empty()) return found;
    return find_module_file(world_, folder / "src" / subpath);
  }
  for (const char* index : {"index", "src/index"})
    if (fs::path found = find_module_file(world_, folder / index); !found.empty()) return found;
  return {};
}

// --- the workspace -----------------------------------------------------------

namespace {

/// The list under `packages:` of pnpm-workspace.yaml.
std::vector<std::string> pnpm_members(World& world, const fs::path& file) {
  std::vector<std::string> out;
  bool inside = false;
  std::string text = world.is_file(file) ? world.read(file) : "";
  for (const std::string& line : split(text, "\n")) {
    std::string_view item = trim(std::string_view(line).substr(0, line.find(" #")));
    if (item.empty() || item.starts_with('#')) continue;
    if (!item.starts_with('-')) {
      inside = item.starts_with("packages:");
      continue;
    }
    if (!inside) continue;
    item = trim(item.substr(1));
    bool quoted = item.size() > 1 && (item[0] == '\'' || item[0] == '"');
    out.emplace_back(quoted ? item.substr(1, item.size() - 2) : item);
  }
  return out;
}

std::vector<std::string> package_json_members(const json::object* package) {
  std::vector<std::string> out;
  const json::value* members = package ? package->if_contains("workspaces") : nullptr;
  if (members && members->is_object()) members = members->as_object().if_contains("packages");
  const json::array* list = members ? members->if_array() : nullptr;
  if (list)
    for (const json::value& one : *list)
      if (one.is_string()) out.emplace_back(one.as_string());
  return out;
}

}  // namespace

/// The folders a pattern names: `*` is one level, `**` any number.
void Packages::expand(const fs::path& folder, std::span<const std::string> parts, int depth,
                      std::vector<fs::path>& out) {
  if (parts.empty()) {
    out.push_back(folder);
    return;
  }
  const std::string& part = parts.front();
  if (part.find('*') == std::string::npos)
    return expand(folder / part, parts.subspan(1), depth, out);
  std::string start = part.substr(0, part.find('*'));
  bool deep = part == "**";
  if (deep) expand(folder, parts.subspan(1), depth, out);
  for (const std::string& name : world_.names(folder)) {
    fs::path member = folder / name;
    if (name == "node_modules" || name.starts_with('.') || !world_.is_folder(member)) continue;
    if (!deep && name.starts_with(start)) expand(member, parts.subspan(1), depth, out);
    if (deep && depth < 5) expand(member, parts, depth + 1, out);
  }
}

void Packages::list_workspace() {
  if (workspace_) return;
  workspace_.emplace();
  for (const std::string& pattern : pnpm_members(world_, world_.root() / "pnpm-workspace.yaml"))
    add_members(pattern);
  for (const std::string& pattern :
       package_json_members(files_.read(world_.root() / "package.json")))
    add_members(pattern);
}

void Packages::add_members(const std::string& pattern) {
  if (pattern.starts_with('!')) return;
  std::vector<std::string> parts = split(pattern, "/");
  std::erase_if(parts, [](const std::string& part) { return part.empty() || part == "."; });
  std::vector<fs::path> folders;
  expand(world_.root(), parts, 0, folders);
  for (const fs::path& folder : folders) add_package(folder);
}

void Packages::add_package(const fs::path& folder) {
  const json::object* package = files_.read(folder / "package.json");
  if (!package) return;
  if (std::string name = text_member(*package, "name"); !name.empty())
    workspace_->try_emplace(name, folder);
}

}  // namespace tidemark::script
