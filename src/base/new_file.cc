#include "base/new_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tidemark/error.h"

namespace tidemark {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw Error(Fault::failed,
              fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
}

void sync(const std::filesystem::path& path, int flags, const std::filesystem::path& shown) {
  int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  bool synced = fd >= 0 && ::fsync(fd) == 0;
  int error = errno;
  if (fd >= 0) ::close(fd);
  errno = error;
  if (!synced) fail(shown);
}

}  // namespace

NewFile::NewFile(std::filesystem::path place) : place_(std::move(place)) {
  place_ = std::filesystem::absolute(place_);
  std::error_code error;
  std::filesystem::create_directories(place_.parent_path(), error);
  std::string name = place_.string() + ".tmp-XXXXXX";
  int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) fail(place_);
  ::close(fd);
  temporary_ = name;
}

NewFile::~NewFile() {
  if (kept_) return;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"})
    ::unlink((temporary_.string() + suffix).c_str());
}

void NewFile::keep() {
  sync(temporary_, O_RDONLY, place_);
  if (::rename(temporary_.c_str(), place_.c_str()) != 0) fail(place_);
  kept_ = true;
  sync(place_.parent_path(), O_RDONLY | O_DIRECTORY, place_);
}

}  // namespace tidemark
