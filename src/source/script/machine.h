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

namespace tidemark::script {

/// A module that was read and lowered, waiting for its environment.
struct Unit {
  ModuleSyntax syntax;
  std::string text;  // as the user wrote it
  Language language = Language::javascript;
};

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

  /// Reads a file of the project and says what it imports, as JSON text.
  std::string read_unit(const std::string& file);
  /// The module's function, closed over `environment`. False with an exception.
  bool compile_unit(const std::string& file, JS::HandleObject environment,
                    JS::MutableHandleValue function);
  /// A function (exports, require, module, $native) of our own code; undefined
  /// when there is no such file.
  bool compile_embedded(const std::string& path, JS::MutableHandleValue function);

  static Machine& of(JSContext* cx) { return *static_cast<Machine*>(JS_GetContextPrivate(cx)); }

 private:
  void start_engine();
  void make_global();
  void load_runtime();
  bool compile_syntax(const std::string& file, const ModuleSyntax& syntax,
                      JS::HandleObject environment, JS::MutableHandleValue function);
  bool evaluate(const std::string& file, std::uint32_t line, const std::string& code,
                JS::HandleObject environment, JS::MutableHandleValue result);
  bool decode_embedded(const std::string& path, JS::MutableHandleValue function);
  ScriptError take_error();
  static bool stop(JSContext* cx);

  InterpreterOptions options_;
  Resolver resolver_;
  std::unordered_map<std::string, Unit> units_;
  JSContext* context_ = nullptr;
  JS::PersistentRootedObject global_, runtime_;
  ScriptError stopped_at_;  // its message is empty unless the script was stopped
};

/// The functions that js/runtime is given.
bool define_natives(JSContext* cx, JS::HandleObject target);

/// `__origin` on the global: where the nearest of the user's code is running.
bool define_origin(JSContext* cx, JS::HandleObject global);

}  // namespace tidemark::script
