// The variables a configuration may read: the process's own, then `.env` and
// `.env.local` for what is missing. Each knows where it came from.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

struct Environment {
  struct Variable {
    std::string value;
    std::string from;  // ".env", ".env.local", the path of an --env-file; empty: the process
  };
  std::map<std::string, Variable> variables;

  /// Null when unset.
  const std::string* find(const std::string& name) const;

  /// "DATABASE_URL in .env" for the variable that holds this value; empty when none does.
  std::string source_of(std::string_view value) const;
};

/// The process's variables, then those of the files that it lacks. `env_files`
/// replace `.env` and `.env.local`; one that is missing is an error.
Environment read_environment(const std::filesystem::path& cwd,
                             std::span<const std::filesystem::path> env_files);

/// The pairs of a dotenv file, in order. Reads what the package dotenv 16 reads:
/// quotes of three kinds, values over several lines, `export`, comments. Like it,
/// expands no `${…}`.
std::vector<std::pair<std::string, std::string>> parse_dotenv(std::string_view text);

}  // namespace tidemark
