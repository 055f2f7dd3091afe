#pragma once

#include "folder/folder.h"

namespace tidemark {

/// While it lives, no other process writes to the folder; it waits for one that does.
class FolderLock {
 public:
  /// Makes the folder where there is none. Throws Error(Fault::failed) where the
  /// journal is no longer what `folder` was read from: a name and a predecessor that
  /// were chosen then are taken now.
  explicit FolderLock(const Folder& folder);
  /// For who compares by itself.
  explicit FolderLock(const std::filesystem::path& out);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_;
};

}  // namespace tidemark
