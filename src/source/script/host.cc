#include "source/script/host.h"

#include <unistd.h>

#include <csignal>

#include "source/script/child_process.h"
#include "source/script/interpreter.h"

namespace tidemark::script {
namespace {

Interpreter* running = nullptr;  // in the child: whom the timer interrupts

/// The child: one interpreter, one request after the other.
void serve(const HostOptions& options, SharedState& state) {
  InterpreterOptions settings{options.cwd, options.environment};
  settings.memory_limit = options.memory_limit / 4 * 3;
  settings.evaluating = [&state](const std::string& file) { state.set_file(file); };
  settings.print = [](const std::string& text) {
    [[maybe_unused]] ssize_t written = ::write(child_print, text.data(), text.size());
  };
  settings.out_of_memory = [&state] { state.out_of_memory = true; };
  Interpreter interpreter(std::move(settings));
  running = &interpreter;
  limit_memory(options.memory_limit);
  while (std::optional<std::string> message = read_message(child_in)) {
    std::size_t space = message->find(' ');
    limit_time(options.time_limit, [] { running->interrupt(); });
    auto answer = interpreter.request(message->substr(0, space), message->substr(space + 1));
    if (auto* text = std::get_if<std::string>(&answer)) {
      write_message(child_out, "+" + *text);
    } else {
      write_message(child_out, "-" + json::serialize(to_json(std::get<ScriptError>(answer))));
    }
  }
}

/// In the child nothing may be thrown further: it would run the parent's code.
void serve_safely(const HostOptions& options, SharedState& state) {
  try {
    serve(options, state);
  } catch (const std::exception& error) {
    write_message(child_out, "-" + json::serialize(to_json(ScriptError{error.what()})));
  }
}

/// One file has one name, or it would be evaluated twice.
std::string module_id(const std::filesystem::path& file) {
  return std::filesystem::weakly_canonical(file).string();
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

std::string seconds(std::chrono::milliseconds time) {
  return std::to_string((time.count() + 999) / 1000) + " s";
}

}  // namespace

class Host::Child {
 public:
  explicit Child(HostOptions options)
      : options_(std::move(options)),
        process_([this](SharedState& state) { serve_safely(options_, state); }) {}

  void send(const std::string& name, const json::value& argument) {
    process_.send(name + " " + json::serialize(argument));
  }

  std::string receive() {
    // Processor time is limited in the child; this is for one that only waits.
    std::optional<std::string> answer = process_.receive(options_.time_limit * 30);
    if (!answer) throw death();
    std::string text = answer->substr(1);
    if (answer->front() == '+') return text;
    ScriptError error = script_error(json::parse(text));
    throw error.message == "out of memory" ? too_much_memory() : to_error(error);
  }

  std::string request(const std::string& name, const json::value& argument) {
    send(name, argument);
    return receive();
  }

 private:
  /// Why there is no answer, as far as can be told from outside.
  Error death() {
    ChildProcess::Ending ending = process_.ending();
    // The engine crashes on purpose where it cannot go on without memory.
    bool memory =
        process_.state().out_of_memory || ending.most_memory > options_.memory_limit / 4 * 3;
    if (ending.signal == SIGXCPU || ending.signal == SIGKILL)
      return in_file("evaluating it takes longer than " + seconds(options_.time_limit),
                     "look for a loop without end");
    if (memory) return too_much_memory();
    return in_file(
        "the interpreter ended while evaluating it (signal " + std::to_string(ending.signal) + ")",
        "");
  }

  Error too_much_memory() {
    return in_file(
        "evaluating it takes more than " + megabytes(options_.memory_limit) + " of memory",
        "look for a loop that collects without end");
  }

  /// An error that is known to be in the file at hand, but not where.
  Error in_file(std::string message, std::string hint) {
    ScriptError error{std::move(message), std::move(hint)};
    error.file = process_.state().file.data();
    if (!error.file.empty()) error.line = error.column = 1;
    return to_error(error);
  }

  HostOptions options_;
  ChildProcess process_;
};

Host::Host(HostOptions options) : child_(std::make_unique<Child>(std::move(options))) {}
Host::~Host() = default;

json::value Host::load_config(const std::filesystem::path& file) {
  return json::parse(child_->request("config", {{"file", module_id(file)}}));
}

void Host::start_schema(std::span<const std::filesystem::path> files, Engine engine, Casing casing,
                        bool places) {
  static constexpr std::array engines = {"postgresql", "sqlite", "turso"};
  static constexpr std::array casings = {"", "camelCase", "snake_case"};
  json::array names;
  for (const std::filesystem::path& file : files) names.emplace_back(module_id(file));
  child_->send("schema", {{"files", std::move(names)},
                          {"engine", engines.at(static_cast<std::size_t>(engine))},
                          {"casing", casings.at(static_cast<std::size_t>(casing))},
                          {"places", places}});
}

std::string Host::finish_schema() { return child_->receive(); }

std::string Host::load_schema(std::span<const std::filesystem::path> files, Engine engine,
                              Casing casing, bool places) {
  start_schema(files, engine, casing, places);
  return finish_schema();
}

std::vector<std::string> Host::standins() {
  return json::value_to<std::vector<std::string>>(
      json::parse(child_->request("standins", json::object{})));
}

}  // namespace tidemark::script
