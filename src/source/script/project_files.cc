#include "source/script/project_files.h"

#include <algorithm>

#include "tidemark/error.h"

namespace tidemark::script {

namespace fs = std::filesystem;

fs::path inside_project(World& world, const std::string& path) {
  fs::path real = world.real(world.cwd() / path);
  fs::path root = world.real(world.root());
  auto [end, rest] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
  if (end == root.end()) return real;
  throw Error(Fault::failed, "scripts may not read outside the project: " + path);
}

}  // namespace tidemark::script
