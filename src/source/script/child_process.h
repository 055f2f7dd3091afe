// A forked child that answers requests over two pipes, with limits of its own.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace tidemark::script {

/// What child and parent both see, even after the child has died.
struct SharedState {
  std::array<char, 4096> file;  // the file that is being evaluated
  std::atomic<bool> out_of_memory;

  void set_file(const std::string& path);
};

struct Limits {
  std::chrono::milliseconds time;  // of processor time, for each request
  std::size_t memory;              // bytes beyond what the child has when it is ready
};

/// The descriptors of the child: requests, answers, and what scripts print.
inline constexpr int child_in = 3, child_out = 4, child_print = 5;

/// What a child has of standard input and output; `child_print` is standard error.
enum class Standard : std::uint8_t { nothing, kept };

class ChildProcess {
 public:
  /// `serve` runs in the child, which has these descriptors and no other.
  explicit ChildProcess(const std::function<void(SharedState&)>& serve,
                        Standard streams = Standard::nothing);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void send(const std::string& message);

  /// Nothing when the child ended, or was ended for taking longer than `patience`, which is
  /// endless when negative.
  std::optional<std::string> receive(std::chrono::milliseconds patience);

  struct Ending {
    int signal;  // 0 when it ended by itself
    std::size_t most_memory;
  };
  /// Waits for it to end. To be called once, after `receive` gave nothing.
  Ending ending();

  const SharedState& state() const { return *state_; }

 private:
  void close_pipes();

  SharedState* state_;
  pid_t pid_ = -1;
  int to_child_ = -1, from_child_ = -1;
};

/// One length-prefixed message; nothing at the end of the pipe.
std::optional<std::string> read_message(int descriptor);
void write_message(int descriptor, const std::string& message);

/// For the child: ends it when the limits are passed, `on_time` first.
void limit_memory(std::size_t bytes);
void limit_time(std::chrono::milliseconds time, void (*on_time)());

}  // namespace tidemark::script
