// Part of the build: parses the engine's own JavaScript and ours once, and writes
// what came of it to the file named on the command line (see script_cache.h). The
// modules to parse follow.
#include <js/CompilationAndEvaluation.h>
#include <js/GlobalObject.h>
#include <js/Initialization.h>
#include <js/SourceText.h>
#include <js/Transcoding.h>
#include <js/experimental/JSStencil.h>
#include <jsapi.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "source/script/resolver.h"
#include "source/script/script_cache.h"

namespace tidemark::script {
namespace {

struct Entry {
  std::string name, bytes;
};

std::string self_hosted;  // the writer takes no argument to pass it by

bool keep_self_hosted(JSContext*, JS::SelfHostedCache bytes) {
  self_hosted.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return true;
}

std::string parse(JSContext* cx, const std::string& path) {
  std::string code = embedded_function(path);
  std::string name = std::string(embedded_prefix) + path;
  JS::CompileOptions options(cx);
  options.setFileAndLine(name.c_str(), 0);
  options.setForceFullParse();
  options.setIsRunOnce(true);
  JS::SourceText<mozilla::Utf8Unit> source;
  if (!source.init(cx, code.data(), code.size(), JS::SourceOwnership::Borrowed)) return "";
  RefPtr<JS::Stencil> stencil = JS::CompileGlobalScriptToStencil(cx, options, source);
  JS::TranscodeBuffer buffer;
  if (!stencil || JS::EncodeStencil(cx, stencil, buffer) != JS::TranscodeResult::Ok) return "";
  return std::string(reinterpret_cast<const char*>(buffer.begin()), buffer.length());
}

void write(std::ostream& out, const std::vector<Entry>& entries) {
  constexpr std::size_t alignment = 16;
  auto aligned = [](std::size_t size) { return (size + alignment - 1) / alignment * alignment; };
  // Offsets of a fixed width, so that the length of the list is known beforehand.
  std::size_t list = 1;
  for (const Entry& entry : entries) list += entry.name.size() + 2 * (1 + 9) + 1;
  std::size_t offset = aligned(list);
  std::string text;
  for (const Entry& entry : entries) {
    auto padded = [](std::size_t number) {
      std::string digits = std::to_string(number);
      return std::string(9 - digits.size(), '0') + digits;
    };
    text += entry.name + " " + padded(offset) + " " + padded(entry.bytes.size()) + "\n";
    offset = aligned(offset + entry.bytes.size());
  }
  text += '\n';
  text.resize(aligned(text.size()), ' ');
  out << text;
  for (const Entry& entry : entries)
    out << entry.bytes << std::string(aligned(entry.bytes.size()) - entry.bytes.size(), '\0');
}

int make(const std::string& output, std::span<char*> paths) {
  JS_Init();
  set_engine_build_id();
  JSContext* cx = JS_NewContext(JS::DefaultHeapMaxBytes);
  if (!JS::InitSelfHostedCode(cx, {}, keep_self_hosted)) return 1;
  JS::RealmOptions realm;
  realm.behaviors().setDiscardSource(true);
  static const JSClass global_class = {"global", JSCLASS_GLOBAL_FLAGS, &JS::DefaultGlobalClassOps};
  JS::RootedObject global(
      cx, JS_NewGlobalObject(cx, &global_class, nullptr, JS::FireOnNewGlobalHook, realm));
  JSAutoRealm entered(cx, global);
  std::vector<Entry> entries = {{std::string(build_id_entry), engine_build_id()},
                                {std::string(self_hosted_entry), self_hosted}};
  for (const char* path : paths) {
    entries.push_back({path, parse(cx, path)});
    if (entries.back().bytes.empty()) {
      std::cerr << "make_script_cache: " << path << " does not parse\n";
      return 1;
    }
  }
  std::ofstream out(output, std::ios::binary);
  write(out, entries);
  return out ? 0 : 1;
}

}  // namespace
}  // namespace tidemark::script

int main(int count, char** values) {
  int code = tidemark::script::make(values[1], {values + 2, static_cast<std::size_t>(count - 2)});
  _exit(code);  // no order of destruction to get right
}
