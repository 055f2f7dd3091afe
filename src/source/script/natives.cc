// The functions that connect js/runtime to the machine. They take and give text;
// what they mean is documented where js/runtime uses them.
#include <js/Array.h>
#include <js/PropertyAndElement.h>
#include <js/Stack.h>
#include <jsfriendapi.h>

#include <algorithm>
#include <filesystem>

#include "base/crypto.h"
#include "source/script/machine.h"
#include "source/script/native_call.h"
#include "source/script/project_files.h"
#include "source/script/text_of.h"
#include "source/script/thrown.h"

namespace tidemark::script {
namespace {

bool resolve(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    Reach reach = call.text(2) == "require" ? Reach::require : Reach::import;
    std::string id = call.machine().resolver().resolve(call.text(0), call.text(1), reach);
    return id.empty() ? call.give_nothing() : call.give(id);
  });
}

bool suggestion(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    return call.give(call.machine().resolver().suggestion(call.text(0), call.text(1)));
  });
}

bool read_unit(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [cx](const Call& call) {
    auto fixed = [&](const std::string& description) -> std::optional<std::string> {
      JS::RootedValueArray<1> arguments(cx);
      JS::RootedValue names(cx);
      if (!set_json(cx, description, arguments[0]) ||
          !JS_CallFunctionValue(cx, nullptr, call.value(2), arguments, &names))
        return std::nullopt;
      return text_of(cx, names);
    };
    std::string unit = call.machine().read_unit(call.text(0), call.value(1).toBoolean(), fixed);
    return !unit.empty() && call.give_json(unit);
  });
}

bool exports_of(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    return call.give_json(call.machine().exports_of(call.text(0)));
  });
}

bool link_unit(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [cx](const Call& call) {
    JS::RootedObject environment(cx, &call.value(1).toObject());
    return call.machine().link_unit(call.text(0), environment, call.result());
  });
}

bool compile_embedded(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    return call.machine().compile_embedded(call.text(0), call.result());
  });
}

bool read_module_text(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    return call.give(call.machine().world().read(call.text(0)));
  });
}

bool read_project_file(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    World& world = call.machine().world();
    return call.give(world.read(inside_project(world, call.text(0))));
  });
}

bool list_project_folder(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    World& world = call.machine().world();
    std::vector<std::string> names = world.names(inside_project(world, call.text(0)));
    return call.give_json(json::serialize(json::value_from(names)));
  });
}

/// "file", "folder", or empty when there is nothing.
bool kind_of_project_file(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    World& world = call.machine().world();
    std::filesystem::path path = inside_project(world, call.text(0));
    if (world.is_file(path)) return call.give("file");
    return call.give(world.is_folder(path) ? "folder" : "");
  });
}

bool print(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    call.machine().world().cannot_repeat();
    call.machine().options().print(call.text(0));
    return call.give_nothing();
  });
}

bool working_folder(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    return call.give(call.machine().world().cwd().string());
  });
}

bool variable(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    std::optional<std::string> value = call.machine().world().variable(call.text(0));
    return value ? call.give(*value) : call.give_nothing();
  });
}

/// The names of all variables.
bool variables(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    return call.give_json(json::serialize(json::value_from(call.machine().world().variables())));
  });
}

/// Called before something that another evaluation may do differently.
bool cannot_repeat(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    call.machine().world().cannot_repeat();
    return call.give_nothing();
  });
}

/// Random bytes as text of hexadecimal digits.
bool random_hex(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    call.machine().world().cannot_repeat();
    std::int32_t size = call.value(0).isInt32() ? call.value(0).toInt32() : 0;
    return call.give(to_hex(random_bytes(static_cast<std::size_t>(std::max(size, 0)))));
  });
}

/// hash(algorithm, hexadecimal bytes) → hexadecimal digest; undefined when unknown.
bool hash(JSContext* cx, unsigned count, JS::Value* values) {
  return run_native(cx, count, values, [](const Call& call) {
    std::optional<std::string> digest = digest_of(from_hex(call.text(1)), call.text(0));
    return digest ? call.give(to_hex(*digest)) : call.give_nothing();
  });
}

bool run_jobs(JSContext* cx, unsigned count, JS::Value* values) {
  js::RunJobs(cx);
  return Call(cx, count, values).give_nothing();
}

/// No frame above the user's is looked at: that of a large file is dear.
bool nearest_user_frame(JSContext* cx, ScriptError& place) {
  JS::RootedObject stack(cx);
  for (unsigned frames = 2; frames <= 32 && place.file.empty(); ++frames) {
    if (!JS::CaptureCurrentStack(cx, &stack, JS::StackCapture(JS::MaxFrames(frames)))) return false;
    if (!stack) return true;
    place = user_frame(cx, stack);
  }
  return true;
}

bool origin(JSContext* cx, unsigned count, JS::Value* values) {
  JS::CallArgs arguments = JS::CallArgsFromVp(count, values);
  arguments.rval().setUndefined();
  ScriptError place;
  if (!nearest_user_frame(cx, place)) return false;
  if (place.file.empty()) return true;
  JS::RootedValueArray<3> parts(cx);
  if (!set_text(cx, place.file, parts[0])) return false;
  parts[1].setNumber(place.line);
  parts[2].setNumber(place.column);
  JSObject* array = JS::NewArrayObject(cx, parts);
  if (array) arguments.rval().setObject(*array);
  return array != nullptr;
}

const JSFunctionSpec natives[] = {
    JS_FN("resolve", resolve, 3, 0),
    JS_FN("suggestion", suggestion, 2, 0),
    JS_FN("readUnit", read_unit, 3, 0),
    JS_FN("exportsOf", exports_of, 1, 0),
    JS_FN("linkUnit", link_unit, 2, 0),
    JS_FN("compileEmbedded", compile_embedded, 1, 0),
    JS_FN("readModuleText", read_module_text, 1, 0),
    JS_FN("readProjectFile", read_project_file, 1, 0),
    JS_FN("listProjectFolder", list_project_folder, 1, 0),
    JS_FN("kindOfProjectFile", kind_of_project_file, 1, 0),
    JS_FN("print", print, 1, 0),
    JS_FN("workingFolder", working_folder, 0, 0),
    JS_FN("variable", variable, 1, 0),
    JS_FN("variables", variables, 0, 0),
    JS_FN("cannotRepeat", cannot_repeat, 0, 0),
    JS_FN("randomHex", random_hex, 1, 0),
    JS_FN("hash", hash, 2, 0),
    JS_FN("runJobs", run_jobs, 0, 0),
    JS_FS_END,
};

}  // namespace

void throw_error(JSContext* cx, const Error& error) {
  JS_ReportErrorUTF8(cx, "%s", error.what());
  JS::RootedValue thrown(cx), place(cx);
  if (!error.range() || !JS_GetPendingException(cx, &thrown) || !thrown.isObject()) return;
  const SourceRange& range = *error.range();
  json::object out{{"file", range.file},
                   {"line", range.line},
                   {"column", range.column},
                   {"length", range.length},
                   {"hint", error.hint()}};
  JS::RootedObject object(cx, &thrown.toObject());
  if (set_json(cx, json::serialize(out), &place)) JS_SetProperty(cx, object, "tidemark", place);
}

bool define_natives(JSContext* cx, JS::HandleObject target) {
  return JS_DefineFunctions(cx, target, natives);
}

bool define_origin(JSContext* cx, JS::HandleObject global) {
  return JS_DefineFunction(cx, global, "__origin", origin, 0, 0) != nullptr;
}

}  // namespace tidemark::script
