// package.json and tsconfig.json: read once each, and never fatal. A project must
// not fail because of a file that only an editor reads.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "source/script/world.h"

namespace tidemark::script {

/// JSON with comments and trailing commas, as tsconfig.json may be, made plain.
/// Every byte keeps its offset.
std::string without_comments(std::string_view text);

class JsonFiles {
 public:
  explicit JsonFiles(World& world) : world_(world) {}

  World& world() { return world_; }

  /// Null when the file is missing or holds no object.
  const json::object* read(const std::filesystem::path& file);

  /// The nearest file of a name, from a folder upwards; empty when there is none.
  std::filesystem::path nearest(std::filesystem::path folder, const char* name);

 private:
  World& world_;
  std::map<std::filesystem::path, json::value> files_;
};

/// A text member; empty when absent or no text.
std::string text_member(const json::object& object, std::string_view key);

}  // namespace tidemark::script
