#include "base/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/interruption.h"
#include "tidemark/error.h"

extern char** environ;

namespace tidemark {
namespace {

constexpr int poll_ms = 100;  // how soon an interruption is noticed

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
      throw Error(Fault::failed, fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_reader() { close(ends_[0]); }
  void close_writer() { close(ends_[1]); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

std::vector<std::string> environment_of(const ProgramCall& call) {
  std::vector<std::string> out;
  auto is_given = [&](const std::string& entry) {
    for (const auto& [name, value] : call.environment)
      if (entry.starts_with(name + "=")) return true;
    return false;
  };
  for (char** entry = environ; *entry; ++entry)
    if (!is_given(*entry)) out.emplace_back(*entry);
  for (const auto& [name, value] : call.environment) out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// A running program, in a process group of its own: Ctrl-C reaches us alone, and we
/// decide when it ends.
class Running {
 public:
  /// `in` -1: nothing to read.
  Running(const ProgramCall& call, int in, int out, int err) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (in < 0)
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    else
      posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    std::vector<std::string> words = {call.program.string()};
    words.insert(words.end(), call.arguments.begin(), call.arguments.end());
    std::vector<std::string> variables = environment_of(call);
    int code = ::posix_spawn(&pid_, call.program.c_str(), &actions, &attributes,
                             pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (code != 0) {
      pid_ = -1;
      throw Error(Fault::failed,
                  fmt::format("cannot run {}: {}", call.program.string(), std::strerror(code)));
    }
  }
  ~Running() {
    end();
    if (pid_ > 0) wait();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void end() const {
    if (pid_ > 0) ::kill(pid_, SIGTERM);
  }

  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

/// Gives the lines of a stream as they become whole.
class LineReader {
 public:
  explicit LineReader(const LineSink& sink) : sink_(sink) {}
  void add(std::string_view bytes) {
    rest_ += bytes;
    for (std::size_t end; (end = rest_.find('\n')) != std::string::npos;) {
      tell(rest_.substr(0, end));
      rest_.erase(0, end + 1);
    }
  }
  void finish() {
    if (!rest_.empty()) tell(std::exchange(rest_, {}));
  }

 private:
  void tell(const std::string& line) {
    if (sink_) sink_(line);
  }
  const LineSink& sink_;
  std::string rest_;
};

/// What can be read now; nothing at the end of the stream.
std::string_view read_some(int descriptor, std::array<char, 65536>& buffer) {
  ssize_t got = 0;
  do got = ::read(descriptor, buffer.data(), buffer.size());
  while (got < 0 && errno == EINTR);
  return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
}

void require_not_interrupted() {
  if (interrupted()) throw Error(Fault::interrupted, "interrupted");
}

void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_IGN); }

/// Moves bytes between two programs and what they say on the error stream.
class Pump {
 public:
  Pump(int from, Pipe& to, int errors, const PipedText& text, const LineSink& sink)
      : from_(from), to_(to), errors_(errors), pending_(text.before), lines_(sink) {
    ::fcntl(to_.writer(), F_SETFL, O_NONBLOCK);
  }

  /// Until `from` has said everything, and that was taken. False when it was not.
  bool run() {
    while (!(from_ended_ && pending_.empty())) {
      if (!step()) return false;
    }
    return true;
  }

  bool finish(const std::string& last) {
    pending_ = last;
    while (!pending_.empty())
      if (!step()) return false;
    to_.close_writer();
    drain_errors();
    return true;
  }

  void drain_errors() {
    while (!errors_ended_) step_errors(poll_ms);
    lines_.finish();
  }

 private:
  bool step() {
    require_not_interrupted();
    std::array<pollfd, 3> polls{{{errors_ended_ ? -1 : errors_, POLLIN, 0},
                                 {pending_.empty() && !from_ended_ ? from_ : -1, POLLIN, 0},
                                 {pending_.empty() ? -1 : to_.writer(), POLLOUT, 0}}};
    if (::poll(polls.data(), polls.size(), poll_ms) <= 0) return true;
    if (polls[0].revents != 0) read_errors();
    if (polls[1].revents != 0) {
      pending_ = read_some(from_, buffer_);
      from_ended_ = pending_.empty();
    }
    return polls[2].revents == 0 || write_pending();
  }

  bool write_pending() {
    ssize_t put = ::write(to_.writer(), pending_.data(), pending_.size());
    if (put < 0) return errno == EAGAIN || errno == EINTR;
    pending_.erase(0, static_cast<std::size_t>(put));
    return true;
  }

  void step_errors(int timeout) {
    require_not_interrupted();
    pollfd one{errors_, POLLIN, 0};
    if (::poll(&one, 1, timeout) > 0) read_errors();
  }

  void read_errors() {
    std::string_view bytes = read_some(errors_, buffer_);
    errors_ended_ = bytes.empty();
    lines_.add(bytes);
  }

  int from_;
  Pipe& to_;
  int errors_;
  std::string pending_;
  LineReader lines_;
  bool from_ended_ = false, errors_ended_ = false;
  std::array<char, 65536> buffer_{};
};

}  // namespace

ProgramResult run_program(const ProgramCall& call, const LineSink& errors) {
  Pipe out, err;
  Running running(call, -1, out.writer(), err.writer());
  out.close_writer();
  err.close_writer();
  ProgramResult result;
  LineReader lines(errors);
  std::array<char, 65536> buffer{};
  bool out_open = true, err_open = true;
  while (out_open || err_open) {
    require_not_interrupted();
    std::array<pollfd, 2> polls{
        {{out_open ? out.reader() : -1, POLLIN, 0}, {err_open ? err.reader() : -1, POLLIN, 0}}};
    if (::poll(polls.data(), polls.size(), poll_ms) <= 0) continue;
    if (polls[0].revents != 0) {
      std::string_view bytes = read_some(out.reader(), buffer);
      out_open = !bytes.empty();
      result.output += bytes;
    }
    if (polls[1].revents != 0) {
      std::string_view bytes = read_some(err.reader(), buffer);
      err_open = !bytes.empty();
      lines.add(bytes);
    }
  }
  lines.finish();
  result.code = running.wait();
  return result;
}

ProgramResult run_piped(const ProgramCall& from, const ProgramCall& to, const PipedText& text,
                        const LineSink& errors) {
  ignore_broken_pipes();
  Pipe between, in, err;
  Running reader(to, in.reader(), err.writer(), err.writer());
  Running writer(from, -1, between.writer(), err.writer());
  between.close_writer();
  in.close_reader();
  err.close_writer();
  Pump pump(between.reader(), in, err.reader(), text, errors);
  bool taken = pump.run();
  between.close_reader();
  if (!taken) {
    writer.end();
    pump.drain_errors();
    writer.wait();
    int code = reader.wait();
    return {.code = code == 0 ? 1 : code, .output = {}};
  }
  if (int code = writer.wait(); code != 0) {
    reader.end();
    pump.drain_errors();
    reader.wait();
    return {.code = code, .output = {}};
  }
  taken = pump.finish(text.after);
  if (!taken) pump.drain_errors();
  int code = reader.wait();
  return {.code = !taken && code == 0 ? 1 : code, .output = {}};
}

}  // namespace tidemark
