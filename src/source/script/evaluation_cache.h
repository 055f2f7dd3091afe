// Answers of earlier evaluations, kept on disk. Evaluating is a function of what it
// looks at (world.h), so an answer holds for as long as every look would see the
// same: content is compared, never times. Whoever cannot keep anything (no home, a
// read-only disk) just evaluates.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "source/script/world.h"

namespace tidemark::script {

/// `~/.cache/tidemark`, as XDG_CACHE_HOME and TIDEMARK_CACHE (a folder, or `off`)
/// have it; empty when nothing is to be kept.
std::filesystem::path cache_folder();

class EvaluationCache {
 public:
  /// Keeps nothing when `folder` is empty. It is made when there is something to keep.
  explicit EvaluationCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The answer to a request, if it was kept by this very build of the program and
  /// still holds.
  std::optional<std::string> find(const std::string& request, World& world) const;

  void keep(const std::string& request, const std::filesystem::path& cwd,
            const std::map<std::string, std::string>& looks, const std::string& answer) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace tidemark::script
