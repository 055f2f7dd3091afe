// Packages: those of the workspace and those in node_modules.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "source/script/json_files.h"

namespace tidemark::script {

/// "@scope/name/sub/path" in its parts; `subpath` is "." or "./sub/path".
struct PackageName {
  std::string name, subpath;
};
PackageName split_package(const std::string& specifier);

/// What asks for a package: the conditions of its `exports` depend on it. A schema takes
/// whatever is there, sources before all; a program what Node would.
enum class Reach : std::uint8_t { schema, import, require };

class Packages {
 public:
  explicit Packages(JsonFiles& files) : files_(files), world_(files.world()) {}

  /// The file a bare specifier means for a module in `folder`; empty when the
  /// package is absent or does not export it.
  std::filesystem::path find(const std::string& specifier, const std::filesystem::path& folder,
                             Reach reach = Reach::schema);

  /// `#name` of the nearest package.json's `imports`.
  std::filesystem::path find_import(const std::string& specifier,
                                    const std::filesystem::path& folder,
                                    Reach reach = Reach::schema);

  /// Whether the workspace has a package of this name.
  bool in_workspace(const std::string& name);

 private:
  std::filesystem::path package_folder(const std::string& name,
                                       const std::filesystem::path& folder);
  std::filesystem::path existing_target(const std::filesystem::path& folder,
                                        const std::string& target);
  std::filesystem::path entry(const std::filesystem::path& folder, const std::string& subpath,
                              Reach reach);
  void list_workspace();
  void add_members(const std::string& pattern);
  void expand(const std::filesystem::path& folder, std::span<const std::string> parts, int depth,
              std::vector<std::filesystem::path>& out);
  void add_package(const std::filesystem::path& folder);

  JsonFiles& files_;
  World& world_;
  std::optional<std::map<std::string, std::filesystem::path>> workspace_;
};

}  // namespace tidemark::script
