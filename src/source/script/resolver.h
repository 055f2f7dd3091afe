// Which module an import means.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>

#include "source/script/json_files.h"
#include "source/script/packages.h"
#include "source/script/tsconfig.h"

namespace tidemark::script {

/// Where our own JavaScript lives; what starts so is never a place of the user's.
inline constexpr std::string_view embedded_prefix = "tidemark:";
inline constexpr std::string_view stand_in_prefix = "inert:";
inline constexpr std::string_view missing_prefix = "missing:";

class Resolver {
 public:
  /// See InterpreterOptions.
  explicit Resolver(World& world, bool program = false, bool runs_decorations = false);

  /// "/abs/file.ts", "tidemark:drizzle-orm/index.js" for our own, "inert:zod" for
  /// a package that is stood in for; empty when a file of the project is missing, and in a
  /// program also when a package is. "missing:net" is a part of Node that is not there.
  /// `from` is the file that imports.
  std::string resolve(const std::string& specifier, const std::string& from,
                      Reach reach = Reach::import);

  /// A specifier that would have been found; empty when none is near.
  std::string suggestion(const std::string& specifier, const std::string& from);

 private:
  std::string find(const std::string& specifier, const std::filesystem::path& folder);
  std::string find_bare(const std::string& specifier, const std::filesystem::path& folder);
  std::string find_for_program(const std::string& specifier, const std::filesystem::path& folder,
                               Reach reach);
  std::filesystem::path find_by_tsconfig(const std::string& specifier,
                                         const std::filesystem::path& folder, bool& is_alias);

  World& world_;
  bool program_, runs_decorations_;
  JsonFiles files_;
  Tsconfigs tsconfigs_;
  Packages packages_;
  std::unordered_map<std::string, std::string> known_;  // folder and specifier
};

}  // namespace tidemark::script
