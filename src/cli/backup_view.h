// Backups, as they are watched.
#pragma once

#include "cli/console.h"
#include "engine/backup.h"

namespace tidemark {

/// How far a copy is; `verb` is "backing up".
CopySink copy_view(Console& console, std::string verb);
WarningSink warnings_of(Console& console);

/// "12.3 MB".

void show_backup(Console& console, Project& project, const BackupDone& done);

}  // namespace tidemark
