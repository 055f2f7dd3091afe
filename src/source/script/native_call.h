// What functions that C++ gives to JavaScript are made of.
#pragma once

#include <jsapi.h>

#include <exception>
#include <string>
#include <string_view>

#include "source/script/machine.h"
#include "source/script/text_of.h"
#include "tidemark/error.h"

namespace tidemark::script {

/// The arguments of a call as text, and what it gives back.
class Call {
 public:
  Call(JSContext* cx, unsigned count, JS::Value* values)
      : cx_(cx), arguments_(JS::CallArgsFromVp(count, values)), missing_(cx) {}

  Machine& machine() const { return Machine::of(cx_); }
  std::string text(unsigned index) const { return text_of(cx_, at(index)).value_or(""); }
  JS::HandleValue value(unsigned index) const { return at(index); }
  JS::MutableHandleValue result() const { return arguments_.rval(); }
  bool give(std::string_view text) const { return set_text(cx_, text, arguments_.rval()); }
  bool give_json(std::string_view text) const { return set_json(cx_, text, arguments_.rval()); }
  bool give_nothing() const {
    arguments_.rval().setUndefined();
    return true;
  }

 private:
  JS::HandleValue at(unsigned index) const {
    return index < arguments_.length() ? JS::HandleValue(arguments_[index]) : missing_;
  }

  JSContext* cx_;
  JS::CallArgs arguments_;
  JS::RootedValue missing_;
};

/// Throws into the script, with the place that js/runtime would attach.
void throw_error(JSContext* cx, const Error& error);

/// Runs a native; what it throws becomes an exception of the script.
template <typename Body>
bool run_native(JSContext* cx, unsigned count, JS::Value* values, Body body) {
  try {
    return body(Call(cx, count, values));
  } catch (const Error& error) {
    throw_error(cx, error);
    return false;
  } catch (const std::exception& error) {
    JS_ReportErrorUTF8(cx, "%s", error.what());
    return false;
  }
}

}  // namespace tidemark::script
