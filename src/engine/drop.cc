#include "engine/drop.h"

#include "folder/new_migration.h"

namespace tidemark {

std::vector<std::string> droppable(Project& project) {
  Folder folder = open_folder(project.out(), project.config().engine);
  std::vector<std::string> tags;
  for (const JournalEntry& entry : folder.journal.entries()) tags.push_back(entry.tag);
  return tags;
}

void drop_from_folder(Project& project, const std::string& tag) {
  Folder folder = open_folder(project.out(), project.config().engine);
  drop_migration(folder, tag, project.bundle());
}

}  // namespace tidemark
