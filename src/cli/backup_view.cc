#include "cli/backup_view.h"

#include <fmt/format.h>

#include "base/text.h"
#include "engine/rehearsal_events.h"

namespace tidemark {

WarningSink warnings_of(Console& console) {
  return [&](const std::string& text) { console.warn(text); };
}

CopySink copy_view(Console& console, std::string verb) {
  return [&console, verb = std::move(verb)](const CopyStep& step) {
    RehearsalEvent event = event_of(step);
    console.event(event.name, std::move(event.fields));
    if (step.what == "pages" && step.of > 0)
      console.progress(fmt::format("{} … {}%", verb, step.done * 100 / step.of));
    else if (step.of > 0)
      console.progress(fmt::format("{} … {} ({} of {})", verb, step.what, step.done, step.of));
    else
      console.progress(fmt::format("{} … {}", verb, step.what));
  };
}

void show_backup(Console& console, Project& project, const BackupDone& done) {
  console.event("backup_done", {{"file", done.file.string()},
                                {"bytes", done.bytes},
                                {"database", done.database},
                                {"note", done.note}});
  console.say(fmt::format(
      "[{}] {} {}", console.green("✓"), project.shown(done.file),
      console.dim(fmt::format("{}, verified; {}", shown_bytes(done.bytes), done.note))));
}

}  // namespace tidemark
