#include "run/program.h"

#include <malloc.h>
#include <unistd.h>

#include <csignal>

#include "base/json.h"
#include "run/natives.h"
#include "source/script/child_process.h"
#include "source/script/interpreter.h"
#include "tidemark/error.h"

namespace tidemark::run {
namespace {

using script::ScriptError;

script::Interpreter* running = nullptr;  // in the child: whom the timer interrupts

/// The child's last word. Nothing is tidied up: the system does it faster, and a server
/// takes back what was not committed.
[[noreturn]] void leave(const std::string& word) {
  script::write_message(script::child_out, word);
  ::_exit(0);
}

std::string failure(const ScriptError& error) {
  return "-" + json::serialize(script::to_json(error));
}

std::string seconds(std::chrono::milliseconds time) {
  return std::to_string((time.count() + 999) / 1000) + " s";
}

std::string request_of(const Program& program) {
  json::object request{{"file", program.file.string()},
                       {"arguments", json::value_from(program.arguments)},
                       {"transaction", program.transaction},
                       {"dryRun", program.dry_run}};
  if (const std::optional<Beginning>& first = program.beginning)
    request["beginning"] = json::object{{"database", first->database},
                                        {"statements", json::value_from(first->statements)}};
  return json::serialize(request);
}

void serve(const Program& program, script::SharedState& state) {
  Powers powers{.leave = leave};
  powers.new_turn = [&] { script::limit_time(program.time_limit, [] { running->interrupt(); }); };
  script::World world(program.cwd, program.environment);
  powers.world = &world;
  script::InterpreterOptions settings{program.cwd, program.environment};
  settings.memory_limit = program.memory_limit / 4 * 3;
  settings.evaluating = [&state](const std::string& file) { state.set_file(file); };
  settings.print = [](const std::string& text) {
    [[maybe_unused]] ssize_t written = ::write(script::child_print, text.data(), text.size());
  };
  settings.out_of_memory = [&state] { state.out_of_memory = true; };
  settings.program = true;
  settings.caller_natives = natives_of(powers);
  settings.stopped = [&program](const ScriptError& error) {
    ScriptError stopped = error;
    stopped.message = "this runs for more than " + seconds(program.time_limit) + " without a pause";
    stopped.hint =
        "look for a loop whose condition never changes, or that awaits what is there "
        "already, or give --time-limit";
    if (stopped.file.empty()) {
      stopped.file = program.file.string();
      stopped.line = stopped.column = 1;
    }
    leave(failure(stopped));
  };
  script::Interpreter interpreter(std::move(settings));
  running = &interpreter;
  // Every thread would set 64 MB of addresses aside, which the limit counts.
  ::mallopt(M_ARENA_MAX, 2);
  script::limit_memory(program.memory_limit);
  powers.new_turn();
  auto answer = interpreter.request("program", request_of(program));
  auto* error = std::get_if<ScriptError>(&answer);
  leave(error ? failure(*error) : "+0");
}

void serve_safely(const Program& program, script::SharedState& state) {
  try {
    serve(program, state);
  } catch (const std::exception& error) {
    leave(failure(ScriptError{error.what()}));
  }
}

Error at_file(const script::SharedState& state, std::string message, std::string hint) {
  ScriptError error{std::move(message), std::move(hint)};
  error.file = state.file.data();
  if (!error.file.empty()) error.line = error.column = 1;
  return script::to_error(error);
}

Error too_much_memory(const Program& program, const script::SharedState& state) {
  return at_file(
      state,
      "the script takes more than " + std::to_string(program.memory_limit >> 20) + " MB of memory",
      "look for a loop that collects without end, and insert in smaller parts");
}

/// Why there was no last word.
Error death(const Program& program, script::ChildProcess& process) {
  script::ChildProcess::Ending ending = process.ending();
  bool memory = process.state().out_of_memory || ending.most_memory > program.memory_limit / 4 * 3;
  if (memory) return too_much_memory(program, process.state());
  if (ending.signal == SIGXCPU || ending.signal == SIGKILL)
    return at_file(process.state(), "the script was ended", "look for a loop without end");
  return at_file(process.state(),
                 "the interpreter ended (signal " + std::to_string(ending.signal) + ")", "");
}

}  // namespace

int run_program(const Program& program) {
  script::ChildProcess process(
      [&program](script::SharedState& state) { serve_safely(program, state); },
      script::Standard::kept);
  std::optional<std::string> word = process.receive(std::chrono::milliseconds(-1));
  if (!word) throw death(program, process);
  if (word->front() == '+') return std::stoi(word->substr(1));
  ScriptError error = script::script_error(json::parse(word->substr(1)));
  throw error.message == "out of memory" ? too_much_memory(program, process.state())
                                         : script::to_error(error);
}

}  // namespace tidemark::run
