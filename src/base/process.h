// Other programs, run without a shell.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tidemark {

struct ProgramCall {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  /// Beside those of this process. Secrets go here: arguments can be seen by others.
  std::vector<std::pair<std::string, std::string>> environment = {};
};

using LineSink = std::function<void(const std::string&)>;

struct ProgramResult {
  int code = 0;        // 128 + the signal for one that a signal ended
  std::string output;  // what it wrote, where it is kept
};

/// Runs it to its end; every line of its error stream goes to `errors`, its output is
/// kept. Interruption ends it too, and throws Error(Fault::interrupted).
/// Throws Error(Fault::failed) where it cannot be started.
ProgramResult run_program(const ProgramCall& call, const LineSink& errors = {});

struct PipedText {
  std::string before, after;
};

/// Gives `before`, then what `from` writes, then `after` to `to`, both running at the same
/// time. `after` is sent only when `from` ended well; else `to` is ended before it could
/// take the end of its input for the end of the work. The code is that of the first that failed.
ProgramResult run_piped(const ProgramCall& from, const ProgramCall& to, const PipedText& text,
                        const LineSink& errors = {});

}  // namespace tidemark
