#include "source/script/host.h"

#include <unistd.h>

#include <csignal>

#include "source/script/child_process.h"
#include "source/script/interpreter.h"

namespace tidemark::script {
namespace {

Interpreter* running = nullptr;  // in the child: whom the timer interrupts

constexpr std::string_view looks_request = "looks";

/// What an answer depends on, as JSON; null where that cannot be told, and where the
/// answer holds what may be a secret.
std::string looks_of(const Interpreter& interpreter, const std::string& answer) {
  const World& world = interpreter.world();
  bool unfit = !world.looks() || world.gives_away(answer);
  return unfit ? "null" : json::serialize(json::value_from(*world.looks()));
}

/// The child: one interpreter, one request after the other.
void serve(const HostOptions& options, SharedState& state) {
  InterpreterOptions settings{options.cwd, options.environment};
  settings.memory_limit = options.memory_limit / 4 * 3;
  settings.runs_decorations = options.runs_decorations;
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
    std::string name = message->substr(0, space), argument = message->substr(space + 1);
    if (name == looks_request) {
      write_message(child_out, "+" + looks_of(interpreter, argument));
      continue;
    }
    auto answer = interpreter.request(name, argument);
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

/// Whether a document has no mistakes to tell.
bool is_faultless(std::string_view document) {
  return document.find(R"("errors":[],)") != std::string_view::npos;
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

  void send(const std::string& name, const std::string& argument) {
    process_.send(name + " " + argument);
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

  std::string request(const std::string& name, const std::string& argument) {
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

Host::Host(HostOptions options)
    : options_(std::move(options)),
      world_(options_.cwd, options_.environment),
      cache_(options_.cache) {}
Host::~Host() = default;

Host::Child& Host::child() {
  if (!child_) child_ = std::make_unique<Child>(options_);
  return *child_;
}

std::optional<std::string> Host::remembered(const std::string& request) {
  return cache_.find(request, world_);
}

void Host::remember(const std::string& request, const std::string& answer) {
  if (options_.cache.empty()) return;
  json::value looks = json::parse(child().request(std::string(looks_request), answer));
  if (looks.is_null()) return;
  cache_.keep(request, options_.cwd, json::value_to<std::map<std::string, std::string>>(looks),
              answer);
}

json::value Host::ask_for_config(Child& child, const std::filesystem::path& file) {
  if (awaited_) answered_ = receive_schema();  // answers come in the order of the requests
  json::value value = json::parse(
      child.request("config", json::serialize(json::object{{"file", module_id(file)}})));
  missing_packages_.clear();
  json::object* config = value.if_object();
  if (json::value* names = config ? config->if_contains("standIns") : nullptr) {
    missing_packages_ = json::value_to<std::vector<std::string>>(*names);
    config->erase("standIns");
  }
  return value;
}

json::value Host::load_config(const std::filesystem::path& file) {
  json::value value = ask_for_config(child(), file);
  if (missing_packages_.empty()) return value;
  std::vector<std::string> missing = missing_packages_;
  HostOptions options = options_;
  options.runs_decorations = true;
  try {
    Child with_packages(std::move(options));
    return ask_for_config(with_packages, file);
  } catch (const Error& error) {  // they do not run here, or refuse what the environment has
    packages_failure_ = error.message();
    missing_packages_ = std::move(missing);
    return value;
  }
}

json::value Host::load_config_without_credentials(const std::filesystem::path& file) {
  std::string request = "config " + module_id(file);
  if (auto answer = remembered(request)) return json::parse(*answer);
  json::value value = ask_for_config(child(), file);
  json::object* config = value.if_object();
  // Without a dialect the credentials say which it is.
  if (!config || !config->contains("dialect")) return load_config(file);
  config->erase("dbCredentials");
  remember(request, json::serialize(value));
  return value;
}

void Host::start_schema(std::span<const std::filesystem::path> files, Engine engine, Casing casing,
                        bool places) {
  static constexpr std::array engines = {"postgresql", "sqlite", "turso"};
  static constexpr std::array casings = {"", "camelCase", "snake_case"};
  json::array names;
  for (const std::filesystem::path& file : files) names.emplace_back(module_id(file));
  std::string argument =
      json::serialize(json::object{{"files", std::move(names)},
                                   {"engine", engines.at(static_cast<std::size_t>(engine))},
                                   {"casing", casings.at(static_cast<std::size_t>(casing))},
                                   {"places", places}});
  asked_ = places ? "" : "schema " + argument;
  answered_ = places ? std::nullopt : remembered(asked_);
  if (answered_) return;
  child().send("schema", argument);
  awaited_ = true;
}

std::string Host::finish_schema() {
  return answered_ ? *std::exchange(answered_, {}) : receive_schema();
}

std::string Host::receive_schema() {
  awaited_ = false;
  std::string answer = child_->receive();
  if (!asked_.empty() && is_faultless(answer)) remember(asked_, answer);
  return answer;
}

std::string Host::load_schema(std::span<const std::filesystem::path> files, Engine engine,
                              Casing casing, bool places) {
  start_schema(files, engine, casing, places);
  return finish_schema();
}

}  // namespace tidemark::script
