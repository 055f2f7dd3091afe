// `paths` and `baseUrl` of tsconfig.json, with what it extends.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "source/script/json_files.h"

namespace tidemark::script {

struct Tsconfig {
  std::filesystem::path base_url;  // empty when not given
  std::filesystem::path paths_base;
  std::vector<std::pair<std::string, std::vector<std::string>>> paths;

  /// Where a specifier may lead by `paths`, best pattern first. Empty when no
  /// pattern matches.
  std::vector<std::filesystem::path> candidates(const std::string& specifier) const;
};

class Tsconfigs {
 public:
  explicit Tsconfigs(JsonFiles& files) : files_(files) {}

  /// The one that covers a folder: its own tsconfig.json, or one above.
  const Tsconfig& of_folder(const std::filesystem::path& folder);

 private:
  Tsconfig read(const std::filesystem::path& file, int depth);
  void extend(Tsconfig& config, const std::filesystem::path& file, const std::string& base,
              int depth);

  JsonFiles& files_;
  std::map<std::filesystem::path, Tsconfig> by_folder_;
};

}  // namespace tidemark::script
