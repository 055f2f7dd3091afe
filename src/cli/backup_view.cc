#include "cli/backup_view.h"

#include <fmt/format.h>

#include <array>

namespace tidemark {

CopySink copy_view(Console& console, std::string verb) {
  return [&console, verb = std::move(verb)](const CopyStep& step) {
    console.event("copying", {{"what", step.what}, {"done", step.done}, {"of", step.of}});
    if (step.what == "pages" && step.of > 0)
      console.progress(fmt::format("{} … {}%", verb, step.done * 100 / step.of));
    else if (step.of > 0)
      console.progress(fmt::format("{} … {} ({} of {})", verb, step.what, step.done, step.of));
    else
      console.progress(fmt::format("{} … {}", verb, step.what));
  };
}

std::string shown_bytes(std::uintmax_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  static constexpr std::array units{"kB", "MB", "GB", "TB"};
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; size >= 1000 && unit + 1 < units.size(); ++unit) size /= 1000;
  return fmt::format("{:.1f} {}", size, units[unit]);
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
