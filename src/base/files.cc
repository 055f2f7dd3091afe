#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tidemark/error.h"

namespace tidemark {
namespace {

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path) {
  throw Error(Fault::failed,
              fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return fd_; }

 private:
  int fd_;
};

std::string read_all(int fd, const std::filesystem::path& path) {
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    errno = EISDIR;
    fail("read", path);
  }
  std::string bytes(static_cast<std::size_t>(std::max<off_t>(info.st_size, 0)) + 1, '\0');
  std::size_t size = 0;
  for (;;) {
    ssize_t got = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size == bytes.size()) bytes.resize(bytes.size() * 2);
  }
  bytes.resize(size);
  return bytes;
}

void write_all(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

}  // namespace

std::optional<std::string> read_file_if_exists(const std::filesystem::path& path) {
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (fd < 0) fail("read", path);
  return read_all(fd, path);
}

std::string read_file(const std::filesystem::path& path) {
  std::optional<std::string> bytes = read_file_if_exists(path);
  if (!bytes) fail("read", path);
  return std::move(*bytes);
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  std::string temporary = path.string() + ".tmp-XXXXXX";
  Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd < 0) fail("write", path);
  try {
    struct stat before {};
    bool exists = ::stat(path.c_str(), &before) == 0;
    mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(fd, exists ? before.st_mode & 0777 : 0666 & ~mask);
    write_all(fd, bytes, path);
    if (::fsync(fd) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) fail("write", path);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

}  // namespace tidemark
