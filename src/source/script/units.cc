// Files of the project: read, turned into JavaScript, compiled, given their scope.
#include <js/CompilationAndEvaluation.h>
#include <js/Exception.h>
#include <js/PropertyAndElement.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "source/script/eraser.h"
#include "source/script/machine.h"

namespace tidemark::script {
namespace {

Language language_of(const std::string& file) {
  for (std::string_view ending : {".ts", ".tsx", ".mts", ".cts"})
    if (file.ends_with(ending)) return Language::typescript;
  return Language::javascript;
}

Grammar grammar_of(const std::string& file) {
  return file.ends_with(".tsx") || file.ends_with(".jsx") ? Grammar::tsx : Grammar::typescript;
}

/// The name of an export as the key of an object literal.
std::string as_key(const std::string& name) { return "[" + json_string(name) + "]"; }

/// What stands above the first line: exports become getters before the body
/// runs, then the imported modules are loaded.
std::string prologue(const ModuleSyntax& syntax) {
  std::vector<std::pair<std::string, std::string>> getters;
  for (const ExportedName& own : syntax.exports) getters.push_back({own.exported, own.local});
  for (const ImportedName& other : syntax.reexports)
    getters.push_back({other.local, "$get(" + std::to_string(other.request) + ", " +
                                        json_string(other.imported) + ")"});
  std::stable_sort(getters.begin(), getters.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out = "'use strict';$begin({";
  for (const auto& [name, value] : getters) out += as_key(name) + ":()=>" + value + ",";
  return out + "},$fix);";
}

/// What nearly every module uses, and none replaces. In the scope of a module the engine looks
/// a name up anew each time it is used; those of a function around it are places it knows.
std::string builtins(const ModuleSyntax& syntax) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"undefined",  "NaN",        "Infinity", "globalThis", "Object",  "Array",
       "String",     "Number",     "Boolean",  "Symbol",     "BigInt",  "Math",
       "JSON",       "Map",        "Set",      "WeakMap",    "WeakSet", "Promise",
       "Proxy",      "Reflect",    "RegExp",   "Date",       "Error",   "TypeError",
       "RangeError", "Uint8Array", "parseInt", "parseFloat", "isNaN",   "isFinite"});
  std::string out;
  for (std::string_view name : names) {
    bool imported =
        std::ranges::find(syntax.imports, name, &ImportedName::local) != syntax.imports.end();
    if (!imported) out += (out.empty() ? "" : ",") + std::string(name);
  }
  return out;
}

bool is_fixed(const std::string& fixed, const std::string& name) {
  return ("," + fixed + ",").find("," + name + ",") != std::string::npos;
}

/// Variables around the module's function for imports that stay what they are. $fix has for
/// each module that they come from what fetches them.
std::string fixed_imports(const ModuleSyntax& syntax, const std::string& fixed) {
  std::map<std::size_t, std::string> fetching;
  for (const ImportedName& one : syntax.imports)
    if (is_fixed(fixed, one.local))
      fetching[one.request] += one.local + "=$fixed(" + std::to_string(one.request) + "," +
                               json_string(one.imported) + ");";
  std::string out = fixed.empty() ? "" : "let " + fixed + ";";
  out += "const $fix={";
  for (const auto& [request, code] : fetching)
    out += std::to_string(request) + ":()=>{" + code + "},";
  return out + "};";
}

std::string wrapped(const ModuleSyntax& syntax, const std::string& fixed, bool async) {
  std::string known = builtins(syntax);
  std::string out = "(function(" + known + "){";
  if (syntax.is_module) out += fixed_imports(syntax, fixed);
  out += async ? "return async function(){" : "return function(){";
  if (syntax.is_module) out += prologue(syntax);
  out += '\n';
  std::size_t body = out.size();
  out += syntax.code;
  if (syntax.code.starts_with("#!")) out.replace(body, 2, "//");
  return out + "\n}})(" + known + ")";
}

/// What js/runtime needs to know of a module before it runs.
json::object description(const std::string& file, const std::string& text,
                         const ModuleSyntax& syntax) {
  json::array requests, imports, stars;
  for (const ModuleRequest& one : syntax.requests) {
    SourceRange place = range_at(file, text, one.offset, one.length);
    requests.push_back({one.specifier, place.line, place.column, place.length, one.is_json});
  }
  for (const ImportedName& one : syntax.imports) {
    imports.emplace_back(one.request);
    imports.emplace_back(one.imported);
    imports.emplace_back(one.local);
  }
  for (std::size_t star : syntax.stars) stars.emplace_back(star);
  return {{"isModule", syntax.is_module},
          {"requests", std::move(requests)},
          {"imports", std::move(imports)},
          {"stars", std::move(stars)}};
}

}  // namespace

const ModuleSyntax& Machine::lowered(const std::string& file) {
  auto known = lowered_.find(file);
  if (known == lowered_.end())
    known = lowered_.emplace(file, lower_modules(world_.read(file), language_of(file))).first;
  return known->second;
}

std::string Machine::exports_of(const std::string& file) {
  const ModuleSyntax& syntax = lowered(file);
  json::object settled;
  for (const ExportedName& one : syntax.exports) settled[one.exported] = one.settled;
  json::array requests, reexports, stars;
  for (const ModuleRequest& one : syntax.requests) requests.emplace_back(one.specifier);
  for (const ImportedName& one : syntax.reexports)
    reexports.push_back({one.local, one.request, one.imported});
  for (std::size_t star : syntax.stars) stars.emplace_back(star);
  return json::serialize(json::object{{"isModule", syntax.is_module},
                                      {"settled", std::move(settled)},
                                      {"requests", std::move(requests)},
                                      {"reexports", std::move(reexports)},
                                      {"stars", std::move(stars)}});
}

/// Plain JavaScript costs a scan; only what the engine does not accept as such is
/// erased.
std::string Machine::read_unit(const std::string& file, bool with_places, const FixedNames& fixed) {
  options_.evaluating(file);
  std::string text = world_.read(file), described;
  Language language = language_of(file);
  ExportedCalls calls = with_places ? ExportedCalls::apart : ExportedCalls::in_place;
  auto compile_it = [&](const ModuleSyntax& syntax) -> JSScript* {
    described = json::serialize(description(file, text, syntax));
    std::optional<std::string> names = fixed(described);
    return names ? compile_syntax(file, syntax, *names) : nullptr;
  };
  auto known = lowered_.extract(file);
  ModuleSyntax syntax = known.empty() ? lower_modules(text, language, calls) : known.mapped();
  JS::RootedScript script(context_);
  bool typed = language == Language::typescript;
  if (!typed || !syntax.may_hold_types) script = compile_it(syntax);
  if (!script && typed) {
    JS_ClearPendingException(context_);
    text = erase_types(text, grammar_of(file));
    syntax = lower_modules(text, language, calls);
    script = compile_it(syntax);
  }
  if (!script) return "";
  if (syntax.duplicate)
    throw Error(Fault::failed, "'" + syntax.duplicate->exported + "' is exported twice")
        .at(range_at(file, text, syntax.duplicate->offset, syntax.duplicate->exported.size()))
        .hint("rename or remove one of the two");
  units_.insert_or_assign(file, JS::PersistentRootedScript(context_, script));
  return described;
}

bool Machine::link_unit(const std::string& file, JS::HandleObject environment,
                        JS::MutableHandleValue function) {
  auto found = units_.extract(file);
  if (found.empty()) return false;
  JS::RootedObjectVector scopes(context_);
  return scopes.append(environment) && JS_ExecuteScript(context_, scopes, found.mapped(), function);
}

JSScript* Machine::compile_syntax(const std::string& file, const ModuleSyntax& syntax,
                                  const std::string& fixed) {
  JS::RootedScript script(context_, compile(file, wrapped(syntax, fixed, false), true));
  if (script || !syntax.awaits) return script;
  // It may await at its top level; if not, the first error is the right one.
  JS::ExceptionStack thrown(context_);
  if (!JS::StealPendingExceptionStack(context_, &thrown)) return nullptr;
  script = compile(file, wrapped(syntax, fixed, true), true);
  if (script) return script;
  JS_ClearPendingException(context_);
  JS::SetPendingExceptionStack(context_, thrown);
  return nullptr;
}

}  // namespace tidemark::script
