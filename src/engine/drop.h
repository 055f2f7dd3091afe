// `drop`: a generated migration is taken back out of the folder.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"

namespace tidemark {

/// The tags of the folder, oldest first.
std::vector<std::string> droppable(Project& project);

/// Removes a migration with its snapshot and its way back. Throws
/// Error(Fault::usage) for a tag that the journal does not know.
void drop_from_folder(Project& project, const std::string& tag);

}  // namespace tidemark
