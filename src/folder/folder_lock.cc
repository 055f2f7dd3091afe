// The lock is on the folder itself, so that nothing is left behind. A file system
// without locks gives none, and the comparison alone has to do.
#include "folder/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace tidemark {

namespace {

void require_unchanged(const Folder& folder) {
  if (open_folder(folder.out, folder.engine).journal.entries() == folder.journal.entries()) return;
  throw Error(
      Fault::failed,
      fmt::format("another command changed {} meanwhile; nothing was written", folder.out.string()))
      .hint("run the command again");
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& out) {
  std::error_code ignored;
  std::filesystem::create_directories(out, ignored);
  fd_ = ::open(out.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd_ >= 0) ::flock(fd_, LOCK_EX);
}

FolderLock::FolderLock(const Folder& folder) : FolderLock(folder.out) { require_unchanged(folder); }

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace tidemark
