#include "source/script/resolver.h"

#include "source/script/file_lookup.h"
#include "source/script/stand_ins.h"

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

bool is_path(const std::string& specifier) {
  return specifier.starts_with("./") || specifier.starts_with("../") ||
         specifier.starts_with('/') || specifier == "." || specifier == "..";
}

/// No package has such a name: it can only be an alias that leads nowhere.
bool is_alias_only(const std::string& specifier) {
  return specifier.starts_with("@/") || specifier.starts_with("~") || specifier.starts_with('#') ||
         specifier.starts_with('$');
}

/// `./icon.svg?raw` is read as `./icon.svg`, `file:///a.ts` as `/a.ts`.
std::string plain(std::string specifier) {
  if (specifier.starts_with("file://")) specifier.erase(0, 7);
  return specifier.substr(0, specifier.find('?'));
}

std::string stand_in(const std::string& specifier) {
  std::string name = specifier.starts_with("node:") ? specifier : split_package(specifier).name;
  return std::string(stand_in_prefix) + name;
}

}  // namespace

Resolver::Resolver(World& world, bool program, bool runs_decorations)
    : world_(world),
      program_(program),
      runs_decorations_(runs_decorations),
      files_(world),
      tsconfigs_(files_),
      packages_(files_) {}

std::string Resolver::resolve(const std::string& specifier, const std::string& from, Reach reach) {
  if (!program_) reach = Reach::schema;
  fs::path folder = fs::path(from).parent_path();
  std::string key = folder.string() + '\n' + specifier + (reach == Reach::require ? "\n" : "");
  auto [known, fresh] = known_.try_emplace(std::move(key));
  if (fresh)
    known->second = program_ ? find_for_program(plain(specifier), folder, reach)
                             : find(plain(specifier), folder);
  return known->second;
}

/// The project's own packages, and none of them stood in for.
std::string Resolver::find_for_program(const std::string& specifier, const fs::path& folder,
                                       Reach reach) {
  if (is_path(specifier)) return find(specifier, folder);
  if (std::string own = program_module(specifier); !own.empty())
    return std::string(embedded_prefix) + own;
  if (is_of_node(specifier)) return std::string(missing_prefix) + specifier;
  bool installed = folder.string().find("/node_modules/") != std::string::npos;
  bool is_alias = false;
  fs::path found = installed ? fs::path() : find_by_tsconfig(specifier, folder, is_alias);
  if (found.empty() && specifier.starts_with('#'))
    found = packages_.find_import(specifier, folder, reach);
  if (found.empty()) found = packages_.find(specifier, folder, reach);
  return found.string();
}

std::string Resolver::find(const std::string& specifier, const fs::path& folder) {
  if (is_path(specifier)) {
    fs::path found = find_module_file(world_, folder / specifier);
    return found.empty() ? "" : world_.real(found).string();
  }
  if (std::string own = own_module(specifier); !own.empty())
    return std::string(embedded_prefix) + own;
  return find_bare(specifier, folder);
}

std::string Resolver::find_bare(const std::string& specifier, const fs::path& folder) {
  bool is_alias = is_alias_only(specifier);
  fs::path found = find_by_tsconfig(specifier, folder, is_alias);
  if (found.empty() && specifier.starts_with('#')) found = packages_.find_import(specifier, folder);
  std::string package = split_package(specifier).name;
  if (found.empty() && (runs_decorations_ || !always_stood_in(package)))
    found = packages_.find(specifier, folder);
  if (!found.empty()) return found.string();
  bool missing = is_alias || packages_.in_workspace(package);
  return missing ? "" : stand_in(specifier);
}

/// The tsconfig.json nearest to the importing file, then that of the working
/// folder, which is all that the peer reads.
fs::path Resolver::find_by_tsconfig(const std::string& specifier, const fs::path& folder,
                                    bool& is_alias) {
  for (const fs::path& place : {folder, world_.cwd()}) {
    const Tsconfig& config = tsconfigs_.of_folder(place);
    for (const fs::path& candidate : config.candidates(specifier)) {
      if (fs::path found = find_module_file(world_, candidate); !found.empty()) return found;
    }
    for (const auto& [pattern, targets] : config.paths)
      is_alias |=
          pattern.ends_with("/*") && specifier.starts_with(pattern.substr(0, pattern.size() - 1));
    if (config.base_url.empty()) continue;
    if (fs::path found = find_module_file(world_, config.base_url / specifier); !found.empty())
      return found;
  }
  return {};
}

std::string Resolver::suggestion(const std::string& specifier, const std::string& from) {
  fs::path folder = fs::path(from).parent_path();
  fs::path path = folder / specifier;
  if (!is_path(specifier)) {
    std::vector<fs::path> candidates = tsconfigs_.of_folder(folder).candidates(specifier);
    if (candidates.empty()) return "";
    path = candidates.front();
  }
  std::string name = nearest_module_name(world_, path);
  if (name.empty()) return "";
  return specifier.substr(0, specifier.rfind('/') + 1) + name;
}

}  // namespace tidemark::script
