// What scripts and the resolver may see of the machine: files, folders, variables.
// Every look is noted, so that what came of an evaluation can be used again for as
// long as all its looks would see the same.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::script {

/// Questions, and digests of what the answers were. Absent where the evaluation
/// depends on more than looks can tell: the time, random numbers, something printed.
using Looks = std::optional<std::map<std::string, std::string>>;

class World {
 public:
  /// `environment` is what scripts see as process.env.
  World(std::filesystem::path cwd, std::map<std::string, std::string> environment);

  const std::filesystem::path& cwd() const { return cwd_; }
  /// The folder that holds the repository or workspace that `cwd` is part of.
  const std::filesystem::path& root();

  bool is_file(const std::filesystem::path& path);
  bool is_folder(const std::filesystem::path& path);
  /// The whole text. Throws Error when there is none.
  std::string read(const std::filesystem::path& path);
  /// The names in a folder, sorted; none when there is no such folder.
  std::vector<std::string> names(const std::filesystem::path& folder);
  /// Without links and `..`; parts that do not exist are kept.
  std::filesystem::path real(const std::filesystem::path& path);

  std::optional<std::string> variable(const std::string& name);
  std::vector<std::string> variables();

  /// The evaluation does something that looks cannot vouch for.
  void cannot_repeat() { looks_.reset(); }

  const Looks& looks() const { return looks_; }
  /// Whether the same looks would see the same now.
  bool still_sees(const std::map<std::string, std::string>& looks);

  /// Whether a text holds the value of a variable that was looked at.
  bool gives_away(std::string_view text) const;

 private:
  std::string answer(std::string_view question) const;
  void note(std::string_view kind, const std::string& what, std::string answer);

  std::filesystem::path cwd_;
  std::map<std::string, std::string> environment_;
  std::optional<std::filesystem::path> root_;
  Looks looks_ = std::map<std::string, std::string>();
};

}  // namespace tidemark::script
