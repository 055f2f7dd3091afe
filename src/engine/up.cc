#include "engine/up.h"

#include "folder/new_migration.h"

namespace tidemark {

std::vector<std::filesystem::path> upgrade_snapshots(Project& project) {
  Folder folder = open_folder(project.out(), project.config().engine);
  return upgrade_folder(folder);
}

}  // namespace tidemark
