#include "folder/unfinished.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

fs::path note_of(const fs::path& out) { return out / ".tidemark" / "unfinished"; }

/// By its words: it may stand between git's conflict marks.
bool journal_has(const std::string& journal, const std::string& tag) {
  return journal.find('"' + tag + '"') != std::string::npos;
}

void remove_files_of(const fs::path& out) {
  std::string journal = read_file(out / "meta" / "_journal.json");
  for (const std::string& tag : split(read_file(note_of(out)), "\n")) {
    if (tag.empty() || tag.find('/') != std::string::npos || journal_has(journal, tag)) continue;
    fs::remove(out / (tag + ".sql"));
    fs::remove(out / ".tidemark" / "down" / (tag + ".sql"));
  }
  fs::remove_all(out / ".tidemark" / "meta");
  fs::remove(note_of(out));
}

}  // namespace

Unfinished::Unfinished(const fs::path& out, const std::vector<std::string>& tags)
    : note_(note_of(out)) {
  std::error_code told_by_writing;
  fs::create_directories(note_.parent_path(), told_by_writing);
  write_file(note_, join(tags, "\n") + "\n");
}

void Unfinished::end() {
  std::error_code ignored;  // a note too many does no harm
  fs::remove(note_, ignored);
  fs::remove(note_.parent_path(), ignored);  // where nothing else is in it
}

void remove_leftovers(const fs::path& out) {
  if (!fs::exists(note_of(out))) return;
  int folder = ::open(out.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0 && ::flock(folder, LOCK_EX | LOCK_NB) == 0) {
    try {
      remove_files_of(out);
    } catch (const Error&) {  // who may not write here finds that out soon
    } catch (const fs::filesystem_error&) {
    }
  }
  if (folder >= 0) ::close(folder);
}

}  // namespace tidemark
