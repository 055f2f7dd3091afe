#include "source/script/interpreter.h"

#include <js/CompilationAndEvaluation.h>
#include <js/ContextOptions.h>
#include <js/Date.h>
#include <js/Exception.h>
#include <js/Initialization.h>
#include <js/Interrupt.h>
#include <js/MemoryCallbacks.h>
#include <js/Promise.h>
#include <js/SourceText.h>
#include <js/Stack.h>
#include <js/Transcoding.h>
#include <js/experimental/JSStencil.h>
#include <jsfriendapi.h>
#include <sys/resource.h>

#include <algorithm>

#include "base/delay_load.h"
#include "source/script/machine.h"
#include "source/script/script_cache.h"
#include "source/script/text_of.h"
#include "source/script/thrown.h"

extern "C" tidemark::DelayedLibrary tidemark_delayed_mozjs;

namespace tidemark::script {
namespace {

/// Our own, so that nothing but functions is taken from the library.
const JSClassOps global_operations = {nullptr,
                                      nullptr,
                                      nullptr,
                                      JS_NewEnumerateStandardClasses,
                                      JS_ResolveStandardClass,
                                      JS_MayResolveStandardClass,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      JS_GlobalObjectTraceHook};
const JSClass global_class = {"global", JSCLASS_GLOBAL_FLAGS, &global_operations};

/// Interruptions that found no line of the user's, before the script is stopped without one.
constexpr int most_nameless_stops = 1000;

/// Leaves room below the real end of the stack for our own frames.
std::size_t stack_quota() {
  rlimit limit{};
  getrlimit(RLIMIT_STACK, &limit);
  constexpr std::size_t most = 7 << 20, least = 512 << 10;
  if (limit.rlim_cur == RLIM_INFINITY) return most;
  return std::clamp<std::size_t>(limit.rlim_cur / 4 * 3, least, most);
}

}  // namespace

/// The engine's library, as long as the program runs.
struct Library {
  Library() {
    load(tidemark_delayed_mozjs);
    if (!JS_Init()) throw Error(Fault::bug, "the JavaScript engine does not start");
  }
  ~Library() { JS_ShutDown(); }
};

Machine::Machine(InterpreterOptions options)
    : options_(std::move(options)),
      world_(options_.cwd, options_.environment),
      resolver_(world_, options_.program, options_.runs_decorations) {
  if (options_.program) world_.cannot_repeat();
  start_engine();
  make_global();
  load_runtime();
}

Machine::~Machine() {
  global_.reset();
  runtime_.reset();
  if (context_) JS_DestroyContext(context_);
}

void Machine::start_engine() {
  static const Library library;
  set_engine_build_id();
  std::size_t most = std::min<std::size_t>(options_.memory_limit, 0xffff'ffff);
  context_ = JS_NewContext(static_cast<std::uint32_t>(most));
  if (!context_) throw Error(Fault::failed, "not enough memory to start the JavaScript engine");
  JS_SetContextPrivate(context_, this);
  JS_SetNativeStackQuota(context_, stack_quota());
  // A schema is evaluated once and forgotten: collecting what it leaves is waste.
  JS_SetGCParameter(context_, JSGC_ALLOCATION_THRESHOLD, 256);
  JS_SetGCParameter(context_, JSGC_MALLOC_THRESHOLD_BASE, 256);
  // Small schemas end before compiled code would pay for its making.
  JS_SetGlobalJitCompilerOption(context_, JSJITCOMPILER_BASELINE_INTERPRETER_WARMUP_TRIGGER, 10);
  js::UseInternalJobQueues(context_);
  // Of every promise, where it was made: dearer than all that most of them do.
  JS::ContextOptionsRef(context_).setAsyncStack(false);
  std::span<const std::uint8_t> parsed = cached_script(self_hosted_entry);
  if (!JS::InitSelfHostedCode(context_, {parsed.data(), parsed.size()}))
    throw Error(Fault::bug, "the JavaScript engine does not start");
  JS::SetOutOfMemoryCallback(
      context_, [](JSContext* cx, void*) { of(cx).options_.out_of_memory(); }, nullptr);
  JS_AddInterruptCallback(context_, stop);
  // Called whenever a script asks what time it is.
  JS::SetReduceMicrosecondTimePrecisionCallback([](double time, JSContext* cx) {
    of(cx).world().cannot_repeat();
    return time;
  });
}

void Machine::make_global() {
  JS::RealmOptions realm;
  if (options_.program)
    realm.creationOptions().setWeakRefsEnabled(JS::WeakRefSpecifier::EnabledWithoutCleanupSome);
  JSObject* global =
      JS_NewGlobalObject(context_, &global_class, nullptr, JS::FireOnNewGlobalHook, realm);
  if (!global) throw Error(Fault::failed, "not enough memory to start the JavaScript engine");
  global_.init(context_, global);
}

void Machine::load_runtime() {
  JSAutoRealm realm(context_, global_);
  JS::RootedValue function(context_), result(context_);
  JS::RootedObject natives(context_, JS_NewPlainObject(context_));
  JS::RootedObject exports(context_, JS_NewPlainObject(context_));
  bool ready = natives && exports && define_natives(context_, natives) &&
               define_caller_natives(context_, natives) && define_origin(context_, global_) &&
               compile_embedded("runtime/modules.js", &function);
  JS::RootedValueArray<4> arguments(context_);
  if (ready) {
    arguments[0].setObject(*exports);
    arguments[3].setObject(*natives);
    ready = JS_CallFunctionValue(context_, nullptr, function, arguments, &result);
  }
  if (!ready) throw Error(Fault::bug, "our own JavaScript failed: " + take_error().message);
  runtime_.init(context_, exports);
}

std::variant<std::string, ScriptError> Machine::request(const std::string& name,
                                                        const std::string& argument) {
  JSAutoRealm realm(context_, global_);
  JS::RootedValueArray<1> arguments(context_);
  JS::RootedValue result(context_);
  if (!set_text(context_, argument, arguments[0]) ||
      !JS_CallFunctionName(context_, runtime_, name.c_str(), arguments, &result))
    return take_error();
  if (auto text = text_of(context_, result)) return std::move(*text);
  return take_error();
}

void Machine::interrupt() { JS_RequestInterruptCallback(context_); }

/// The interrupt callback. Nothing is thrown: what is not thrown is not caught.
bool Machine::stop(JSContext* cx) {
  Machine& machine = of(cx);
  JS::RootedObject stack(cx);
  if (JS::CaptureCurrentStack(cx, &stack) && stack) machine.stopped_at_ = user_frame(cx, stack);
  // Between two jobs no line runs: the next job's will be named.
  if (machine.stopped_at_.file.empty() && machine.nameless_stops_++ < most_nameless_stops) {
    machine.interrupt();
    return true;
  }
  machine.stopped_at_.message = "this runs without end";
  machine.stopped_at_.hint = "look for a loop whose condition never changes";
  machine.options_.stopped(machine.stopped_at_);
  return false;
}

ScriptError Machine::take_error() {
  if (stopped_at_.message.empty()) return take_thrown(context_);
  JS_ClearPendingException(context_);
  return std::exchange(stopped_at_, {});
}

bool Machine::compile_embedded(const std::string& path, JS::MutableHandleValue function) {
  function.setUndefined();
  if (decode_embedded(path, function)) return true;
  JS_ClearPendingException(context_);
  std::string code = embedded_function(path);
  if (code.empty()) return true;
  JS::RootedScript script(context_, compile(std::string(embedded_prefix) + path, code, false));
  return script && JS_ExecuteScript(context_, script, function);
}

/// From what was parsed when the program was built.
bool Machine::decode_embedded(const std::string& path, JS::MutableHandleValue function) {
  std::span<const std::uint8_t> parsed = cached_script(path);
  if (parsed.empty()) return false;
  JS::DecodeOptions decoding;
  decoding.borrowBuffer = true;
  decoding.usePinnedBytecode = true;
  RefPtr<JS::Stencil> stencil;
  JS::TranscodeRange range(parsed.data(), parsed.size());
  if (JS::DecodeStencil(context_, decoding, range, getter_AddRefs(stencil)) !=
      JS::TranscodeResult::Ok)
    return false;
  JS::InstantiateOptions options;
  JS::RootedScript script(context_, JS::InstantiateGlobalStencil(context_, options, stencil));
  return script && JS_ExecuteScript(context_, script, function);
}

JSScript* Machine::compile(const std::string& file, const std::string& code, bool in_scope) {
  JS::CompileOptions options(context_);
  options.setFileAndLine(file.c_str(), 0);  // the first line is ours, the next is number 1
  options.setNonSyntacticScope(in_scope);
  // Nearly every function of a schema is called, once; of a program's packages, few.
  if (!options_.program) options.setForceFullParse();
  JS::SourceText<mozilla::Utf8Unit> source;
  if (!source.init(context_, code.data(), code.size(), JS::SourceOwnership::Borrowed))
    return nullptr;
  return JS::Compile(context_, options, source);
}

Interpreter::Interpreter(InterpreterOptions options)
    : machine_(std::make_unique<Machine>(std::move(options))) {}
Interpreter::~Interpreter() = default;

std::variant<std::string, ScriptError> Interpreter::request(const std::string& name,
                                                            const std::string& argument) {
  return machine_->request(name, argument);
}

const World& Interpreter::world() const { return machine_->world(); }

void Interpreter::interrupt() { machine_->interrupt(); }

}  // namespace tidemark::script
