// A file that another program or library writes: under a temporary name until it is
// whole.
#pragma once

#include <filesystem>

namespace tidemark {

class NewFile {
 public:
  /// For a file at `place`; makes missing folders and an empty file beside it, which
  /// only its owner may read. Throws Error(Fault::failed) where it cannot.
  explicit NewFile(std::filesystem::path place);
  /// Takes the temporary file away unless it was kept.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::filesystem::path& temporary() const { return temporary_; }

  /// Syncs it and gives it its name. Throws Error(Fault::failed): then there is no file.
  void keep();

 private:
  std::filesystem::path place_, temporary_;
  bool kept_ = false;
};

}  // namespace tidemark
