#include "source/script/thrown.h"

#include <js/Exception.h>
#include <js/SavedFrameAPI.h>
#include <js/Stack.h>

#include "source/script/machine.h"
#include "source/script/text_of.h"

namespace tidemark::script {
namespace {

bool is_of_user(std::string_view file) {
  return file.starts_with('/') && file.find("/node_modules/") == std::string_view::npos;
}

/// What js/runtime attached: { file, line, column, length, hint }.
bool read_place(JSContext* cx, JS::HandleObject error, ScriptError& out) {
  JS::RootedValue value(cx);
  if (!JS_GetProperty(cx, error, "tidemark", &value) || !value.isObject()) {
    JS_ClearPendingException(cx);
    return false;
  }
  JS::RootedObject place(cx, &value.toObject());
  auto number = [&](const char* name, std::uint32_t missing) {
    return static_cast<std::uint32_t>(number_property(cx, place, name).value_or(missing));
  };
  out.hint = text_property(cx, place, "hint").value_or("");
  out.file = text_property(cx, place, "file").value_or("");
  out.line = number("line", 0);
  out.column = number("column", 0);
  out.length = number("length", 1);
  return !out.file.empty();
}

void take_frame(ScriptError& out, const ScriptError& frame) {
  out.file = frame.file;
  out.line = frame.line;
  out.column = frame.column;
}

/// Errors of syntax have no frame where the mistake is; their report has a place.
bool read_report(JSContext* cx, JS::HandleObject error, ScriptError& out) {
  JSErrorReport* report = JS_ErrorFromException(cx, error);
  if (!report || report->exnType != JSEXN_SYNTAXERR || !report->filename ||
      !is_of_user(report->filename))
    return false;
  out.file = report->filename;
  out.line = report->lineno;
  out.column = report->column + 1;
  return true;
}

void describe(JSContext* cx, JS::HandleObject error, ScriptError& out) {
  if (auto message = text_property(cx, error, "message")) out.message = *message;
  auto name = text_property(cx, error, "name");
  if (out.message.empty()) out.message = name.value_or("an error without a message");
  if (read_place(cx, error, out) || read_report(cx, error, out)) return;
  JS::RootedObject stack(cx, JS::ExceptionStackOrNull(error));
  if (stack) take_frame(out, user_frame(cx, stack));
}

}  // namespace

ScriptError user_frame(JSContext* cx, JS::HandleObject stack) {
  ScriptError out;
  JS::RootedObject frame(cx, stack);
  JS::RootedString source(cx);
  while (frame) {
    JS::GetSavedFrameSource(cx, nullptr, frame, &source);
    JS::RootedValue value(cx, JS::StringValue(source));
    std::string file = text_of(cx, value).value_or("");
    JS::GetSavedFrameLine(cx, nullptr, frame, &out.line);
    if (is_of_user(file) && out.line > 0) {  // line 0 is what lowering put there
      JS::GetSavedFrameColumn(cx, nullptr, frame, &out.column);
      out.file = file;
      return out;
    }
    JS::RootedObject parent(cx);
    JS::GetSavedFrameParent(cx, nullptr, frame, &parent);
    frame = parent;
  }
  return {};
}

ScriptError take_thrown(JSContext* cx) {
  ScriptError out;
  JS::ExceptionStack thrown(cx);
  if (!JS::StealPendingExceptionStack(cx, &thrown)) {
    JS_ClearPendingException(cx);
    out.message = "the script was stopped";
    return out;
  }
  if (thrown.exception().isObject()) {
    JS::RootedObject error(cx, &thrown.exception().toObject());
    describe(cx, error, out);
  } else {
    out.message = text_of(cx, thrown.exception()).value_or("something was thrown");
  }
  if (out.file.empty() && thrown.stack()) take_frame(out, user_frame(cx, thrown.stack()));
  return out;
}

}  // namespace tidemark::script
