#include "source/script/host.h"

#include "source/script/child_process.h"
#include "source/script/interpreter.h"

namespace tidemark::script {
namespace {

Interpreter* running = nullptr;  // in the child: whom the timer interrupts

/// The child: one interpreter, one request after the other.
void serve(const HostOptions& options, int in, int out, SharedState& state) {
  InterpreterOptions settings{options.cwd, options.environment};
  settings.evaluating = [&state](const std::string& file) { state.set_file(file); };
  settings.out_of_memory = [&state] { state.out_of_memory = true; };
  Interpreter interpreter(std::move(settings));
  running = &interpreter;
  limit_memory(options.memory_limit);
  while (std::optional<std::string> message = read_message(in)) {
    std::size_t space = message->find(' ');
    limit_time(options.time_limit, [] { running->interrupt(); });
    auto answer = interpreter.request(message->substr(0, space), message->substr(space + 1));
    if (auto* text = std::get_if<std::string>(&answer)) {
      write_message(out, "+" + *text);
    } else {
      write_message(out, "-" + json::serialize(to_json(std::get<ScriptError>(answer))));
    }
  }
}

/// In the child nothing may be thrown further: it would run the parent's code.
void serve_safely(const HostOptions& options, int in, int out, SharedState& state) {
  try {
    serve(options, in, out, state);
  } catch (const std::exception& error) {
    write_message(out, "-" + json::serialize(to_json(ScriptError{error.what()})));
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
      : options_(std::move(options)), process_([this](int in, int out, SharedState& state) {
          serve_safely(options_, in, out, state);
        }) {}

  void send(const std::string& name, const json::value& argument) {
    process_.send(name + " " + json::serialize(argument));
  }

  std::string receive() {
    // Processor time is limited in the child; this is for one that only waits.
    std::optional<std::string> answer = process_.receive(options_.time_limit * 30);
    if (!answer) throw death();
    std::string text = answer->substr(1);
    if (answer->front() == '+') return text;
    throw to_error(script_error(json::parse(text)));
  }

  std::string request(const std::string& name, const json::value& argument) {
    send(name, argument);
    return receive();
  }

 private:
  /// Why there is no answer, as far as can be told from outside.
  Error death() {
    std::string file = process_.state().file.data();
    bool memory = process_.state().out_of_memory;
    std::string ending = process_.ending();
    bool time = ending == "signal 24" || ending == "signal 9";  // SIGXCPU
    ScriptError error;
    error.file = file;
    error.line = file.empty() ? 0 : 1;
    error.column = error.line;
    if (memory) {
      error.message = "evaluating it takes more than " + megabytes(options_.memory_limit);
      error.hint = "look for a loop that collects without end";
    } else if (time) {
      error.message = "evaluating it takes longer than " + seconds(options_.time_limit);
      error.hint = "look for a loop without end";
    } else {
      error.message = "the interpreter ended while evaluating it (" + ending + ")";
    }
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
