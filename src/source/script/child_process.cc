#include "source/script/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

#include "tidemark/error.h"

namespace tidemark::script {
namespace {

struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(Fault::failed, "cannot make a pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
};

/// Keeps the two pipes and, for what scripts print, standard error. The engine's own
/// last words go nowhere: the parent says what happened.
void keep_only(int in, int out, Standard streams) {
  std::array<int, 3> kept = {in, out, STDERR_FILENO};
  for (int& descriptor : kept) descriptor = ::fcntl(descriptor, F_DUPFD, 64);
  constexpr int first = child_in;
  for (std::size_t i = 0; i < kept.size(); ++i) ::dup2(kept[i], first + static_cast<int>(i));
  int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, STDERR_FILENO);
  if (streams == Standard::nothing)
    for (int standard : {STDIN_FILENO, STDOUT_FILENO}) ::dup2(nothing, standard);
  ::close_range(first + static_cast<unsigned>(kept.size()), ~0U, 0);
}

void forget_signals_of_parent(pid_t parent) {
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGPROF, SIGXCPU})
    std::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);  // it was gone already
  rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

bool read_all(int descriptor, void* data, std::size_t size) {
  auto* bytes = static_cast<char*>(data);
  while (size > 0) {
    ssize_t count = ::read(descriptor, bytes, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

void write_all(int descriptor, const char* data, std::size_t size) {
  while (size > 0) {
    ssize_t count = ::write(descriptor, data, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // the other side is gone; its next read tells
    data += count;
    size -= static_cast<std::size_t>(count);
  }
}

}  // namespace

void SharedState::set_file(const std::string& path) {
  std::size_t size = std::min(path.size(), file.size() - 1);
  std::memcpy(file.data(), path.data(), size);
  file[size] = '\0';
}

namespace {
std::vector<pid_t>& uncollected() {
  static std::vector<pid_t> children;
  return children;
}

void collect_ended() {
  std::erase_if(uncollected(), [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}
}  // namespace

ChildProcess::ChildProcess(const std::function<void(SharedState&)>& serve, Standard streams) {
  collect_ended();
  void* page = ::mmap(nullptr, sizeof(SharedState), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw Error(Fault::failed, "not enough memory to read the schema");
  state_ = new (page) SharedState{};
  Pipe requests, answers;
  pid_t parent = ::getpid();
  bool from_first_thread = ::gettid() == parent;
  pid_ = ::fork();
  if (pid_ < 0) throw Error(Fault::failed, "cannot start a process to read the schema");
  if (pid_ == 0) {
    forget_signals_of_parent(parent);
    keep_only(requests.read_end, answers.write_end, streams);
    // A child has one thread, which the engine takes for one that began with the process, and
    // looks for its stack there. Of any other thread it asks the system.
    if (from_first_thread)
      serve(*state_);
    else
      std::thread([&] { serve(*state_); }).join();
    ::_exit(0);
  }
  ::close(requests.read_end);
  ::close(answers.write_end);
  to_child_ = requests.write_end;
  from_child_ = answers.read_end;
}

/// Taking down a large child lasts milliseconds that nobody needs to wait for, so
/// its end is collected when the next one is made, or by the system.
ChildProcess::~ChildProcess() {
  close_pipes();
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    if (::waitpid(pid_, nullptr, WNOHANG) == 0) uncollected().push_back(pid_);
  }
  ::munmap(state_, sizeof(SharedState));
}

void ChildProcess::close_pipes() {
  if (to_child_ >= 0) ::close(to_child_);
  if (from_child_ >= 0) ::close(from_child_);
  to_child_ = from_child_ = -1;
}

void ChildProcess::send(const std::string& message) {
  // A dead child must not end us with SIGPIPE.
  struct sigaction ignore {
  }, before{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  write_message(to_child_, message);
  ::sigaction(SIGPIPE, &before, nullptr);
}

std::optional<std::string> ChildProcess::receive(std::chrono::milliseconds patience) {
  pollfd answer{from_child_, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&answer, 1, static_cast<int>(patience.count()));
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) ::kill(pid_, SIGKILL);
  return read_message(from_child_);
}

ChildProcess::Ending ChildProcess::ending() {
  close_pipes();
  int status = 0;
  rusage used{};
  ::wait4(pid_, &status, 0, &used);
  pid_ = -1;
  return {WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          static_cast<std::size_t>(used.ru_maxrss) * 1024};
}

std::optional<std::string> read_message(int descriptor) {
  std::uint64_t size = 0;
  if (!read_all(descriptor, &size, sizeof size)) return std::nullopt;
  std::string message(size, '\0');
  if (!read_all(descriptor, message.data(), message.size())) return std::nullopt;
  return message;
}

void write_message(int descriptor, const std::string& message) {
  std::uint64_t size = message.size();
  write_all(descriptor, reinterpret_cast<const char*>(&size), sizeof size);
  write_all(descriptor, message.data(), message.size());
}

void limit_memory(std::size_t bytes) {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  rlim_t most = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + bytes;
  rlimit limit{most, most};
  ::setrlimit(RLIMIT_AS, &limit);
}

namespace {
void (*time_is_up)() = nullptr;
}

void limit_time(std::chrono::milliseconds time, void (*on_time)()) {
  time_is_up = on_time;
  std::signal(SIGPROF, [](int) { time_is_up(); });
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  auto rest = std::chrono::duration_cast<std::chrono::microseconds>(time - seconds);
  itimerval timer{{1, 0}, {seconds.count(), rest.count()}};
  ::setitimer(ITIMER_PROF, &timer, nullptr);
  // Who does not react to that is ended by the kernel.
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  rlim_t grace = 3;
  rlim_t most = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + seconds.count());
  rlimit limit{most + grace, RLIM_INFINITY};
  ::setrlimit(RLIMIT_CPU, &limit);
}

}  // namespace tidemark::script
