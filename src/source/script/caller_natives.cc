// Functions that whoever made the interpreter gives to js/, beside those of natives.cc.
#include <js/MapAndSet.h>
#include <js/Promise.h>
#include <js/PropertyAndElement.h>
#include <jsfriendapi.h>

#include "source/script/machine.h"
#include "source/script/native_call.h"

namespace tidemark::script {
namespace {

constexpr std::size_t function_slot = 0;  // of a native's object: its NativeFunction

bool call_native(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [&](const Call& call) {
    JS::CallArgs arguments = JS::CallArgsFromVp(count, values);
    JS::Value slot = js::GetFunctionNativeReserved(&arguments.callee(), function_slot);
    auto* function = static_cast<const NativeFunction*>(slot.toPrivate());
    std::vector<std::string> texts;
    for (unsigned i = 0; i < count; ++i) texts.push_back(call.text(i));
    std::string result = (*function)(texts);
    return result.empty() ? call.give_nothing() : call.give_json(result);
  });
}

void note_rejection(JSContext* cx, bool, JS::HandleObject promise,
                    JS::PromiseRejectionHandlingState state, void* rejected) {
  JS::RootedObject set(cx, *static_cast<JS::PersistentRootedObject*>(rejected));
  JS::RootedValue value(cx, JS::ObjectValue(*promise));
  bool known = false;
  if (state == JS::PromiseRejectionHandlingState::Unhandled)
    JS::SetAdd(cx, set, value);
  else
    JS::SetDelete(cx, set, value, &known);
}

}  // namespace

bool define_caller_natives(JSContext* cx, JS::HandleObject target) {
  const InterpreterOptions& options = Machine::of(cx).options();
  for (const auto& [name, function] : options.caller_natives) {
    JSFunction* made = js::DefineFunctionWithReserved(cx, target, name.c_str(), call_native, 0, 0);
    if (!made) return false;
    js::SetFunctionNativeReserved(JS_GetFunctionObject(made), function_slot,
                                  JS::PrivateValue(const_cast<NativeFunction*>(&function)));
  }
  if (!options.program) return true;
  JS::RootedObject set(cx, JS::NewSetObject(cx));
  if (!set) return false;
  // As long as the process, which runs one program.
  auto* kept = new JS::PersistentRootedObject(cx, set);
  JS::SetPromiseRejectionTrackerCallback(cx, note_rejection, kept);
  return JS_DefineProperty(cx, target, "rejected", set, 0);
}

}  // namespace tidemark::script
