// The insides of the interpreter, shared with its natives.
#pragma once

#include <jsapi.h>

#include <map>
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

  /// Reads and compiles a file of the project and says what it imports, as JSON
  /// text. Empty with an exception. `with_places` when objects ask where they are made.
  std::string read_unit(const std::string& file, bool with_places);
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
  JSScript* compile_syntax(const std::string& file, const ModuleSyntax& syntax);
  JSScript* compile(const std::string& file, const std::string& code, bool in_scope);
  bool decode_embedded(const std::string& path, JS::MutableHandleValue function);
  ScriptError take_error();
  static bool stop(JSContext* cx);

  InterpreterOptions options_;
  World world_;
  Resolver resolver_;
  std::unordered_map<std::string, JS::PersistentRootedScript> units_;  // read, not yet linked
  JSContext* context_ = nullptr;
  JS::PersistentRootedObject global_, runtime_;
  ScriptError stopped_at_;  // its message is empty unless the script was stopped
};

/// The functions that js/runtime is given.
bool define_natives(JSContext* cx, JS::HandleObject target);

/// Those of InterpreterOptions, and in a program `rejected`: a Set of the promises that were
/// rejected while nobody looked after them.
bool define_caller_natives(JSContext* cx, JS::HandleObject target);

/// `__origin` on the global: where the nearest of the user's code is running.
bool define_origin(JSContext* cx, JS::HandleObject global);

}  // namespace tidemark::script
