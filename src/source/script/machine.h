// The insides of the interpreter, shared with its natives.
#pragma once

#include <jsapi.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "source/script/interpreter.h"
#include "source/script/module_syntax.h"
#include "source/script/resolver.h"
#include "source/script/world.h"

namespace tidemark::script {

class Machine {
 public:
  explicit Machine(InterpreterOptions options);
  ~Machine();

  std::variant<std::string, ScriptError> request(const std::string& name,
                                                 const std::string& argument);
  void interrupt();

  JSContext* context() { return context_; }
  const InterpreterOptions& options() const { return options_; }
  Resolver& resolver() { return resolver_; }
  World& world() { return world_; }

  /// Of the names that a module imports, as read_unit describes them, those whose values
  /// will not change once its own code runs; separated by commas.
  using FixedNames = std::function<std::optional<std::string>(const std::string& description)>;

  /// Reads and compiles a file of the project and says what it imports, as JSON
  /// text. Empty with an exception. `with_places` when objects ask where they are made.
  std::string read_unit(const std::string& file, bool with_places, const FixedNames& fixed);
  /// What a module exports and whence, without its being compiled.
  std::string exports_of(const std::string& file);
  /// The function of a module that was read, closed over `environment`.
  bool link_unit(const std::string& file, JS::HandleObject environment,
                 JS::MutableHandleValue function);
  /// A function (exports, require, module, $native) of our own code; undefined
  /// when there is no such file.
  bool compile_embedded(const std::string& path, JS::MutableHandleValue function);

  static Machine& of(JSContext* cx) { return *static_cast<Machine*>(JS_GetContextPrivate(cx)); }

 private:
  void start_engine();
  void make_global();
  void load_runtime();
  const ModuleSyntax& lowered(const std::string& file);
  JSScript* compile_syntax(const std::string& file, const ModuleSyntax& syntax,
                           const std::string& fixed);
  JSScript* compile(const std::string& file, const std::string& code, bool in_scope);
  bool decode_embedded(const std::string& path, JS::MutableHandleValue function);
  ScriptError take_error();
  static bool stop(JSContext* cx);

  InterpreterOptions options_;
  World world_;
  Resolver resolver_;
  std::unordered_map<std::string, JS::PersistentRootedScript> units_;  // read, not yet linked
  std::unordered_map<std::string, ModuleSyntax> lowered_;              // looked at, not yet read
  JSContext* context_ = nullptr;
  JS::PersistentRootedObject global_, runtime_;
  ScriptError stopped_at_;  // its message is empty unless the script was stopped
  int nameless_stops_ = 0;
};

/// The functions that js/runtime is given.
bool define_natives(JSContext* cx, JS::HandleObject target);

/// Those of InterpreterOptions, and in a program `rejected`: a Set of the promises that were
/// rejected while nobody looked after them.
bool define_caller_natives(JSContext* cx, JS::HandleObject target);

/// `__origin` on the global: where the nearest of the user's code is running.
bool define_origin(JSContext* cx, JS::HandleObject global);

}  // namespace tidemark::script
