// SpiderMonkey with a bare global: it sees no file, network or process but through
// the natives of natives.h. Not bounded in time or memory; the host sees to that.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>

#include "source/script/script_error.h"
#include "source/script/world.h"

namespace tidemark::script {

/// A function that js/ may call: arguments as text, the result as JSON text; empty is
/// undefined. What it throws becomes an exception of the script.
using NativeFunction = std::function<std::string(std::span<const std::string>)>;

struct InterpreterOptions {
  std::filesystem::path cwd;
  std::map<std::string, std::string> environment;
  std::size_t memory_limit = std::size_t{1} << 30;  // bytes, for the engine's own heap
  std::function<void(const std::string&)> evaluating = [](const std::string&) {};  // which file
  std::function<void(const std::string&)> print = [](const std::string&) {};
  std::function<void()> out_of_memory = [] {};

  /// Runs a program of the project's rather than evaluating what it declares: every package
  /// is the project's own, and what is missing is an error.
  bool program = false;
  /// Packages that only decorate a schema run too, where they are installed.
  bool runs_decorations = false;
  std::map<std::string, NativeFunction> caller_natives = {};
  /// Called where an interruption stopped the script; need not return.
  std::function<void(const ScriptError&)> stopped = [](const ScriptError&) {};
};

class Machine;

class Interpreter {
 public:
  explicit Interpreter(InterpreterOptions options);
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  /// What js/runtime/index.js makes of a request, both as JSON text.
  std::variant<std::string, ScriptError> request(const std::string& name,
                                                 const std::string& argument);

  /// What the evaluations so far depend on.
  const World& world() const;

  /// Ends the script that is running with an error. May be called from a signal
  /// handler or another thread.
  void interrupt();

 private:
  std::unique_ptr<Machine> machine_;
};

}  // namespace tidemark::script
