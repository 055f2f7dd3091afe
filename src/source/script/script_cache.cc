#include "source/script/script_cache.h"

#include <js/AllocPolicy.h>
#include <js/BuildId.h>
#include <js/Vector.h>

#include <charconv>
#include <unordered_map>
#include <vector>

#include "base/build_id.h"
#include "embedded/js.h"

// Put together by make_script_cache: lines `name offset size`, an empty line, then
// the bytes. script_cache.S sets both ends; make_script_cache itself has none yet.
#ifdef NO_SCRIPT_CACHE
static const char tidemark_script_cache[] = "";
static const char* const tidemark_script_cache_end = tidemark_script_cache;
#else
extern "C" const char tidemark_script_cache[];
extern "C" const char tidemark_script_cache_end[];
#endif

namespace tidemark::script {
namespace {

using Entries = std::unordered_map<std::string_view, std::span<const std::uint8_t>>;

std::size_t number(std::string_view digits) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Entries read_entries() {
  Entries entries;
  const char* begin = tidemark_script_cache;
  std::string_view rest(begin, static_cast<std::size_t>(tidemark_script_cache_end - begin));
  while (!rest.empty() && rest.front() != '\n') {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    std::size_t first = line.find(' '), second = line.find(' ', first + 1);
    const char* data = begin + number(line.substr(first + 1, second - first - 1));
    entries[line.substr(0, first)] = {reinterpret_cast<const std::uint8_t*>(data),
                                      number(line.substr(second + 1))};
  }
  std::span<const std::uint8_t> id = entries[build_id_entry];
  std::string parsed_by(reinterpret_cast<const char*>(id.data()), id.size());
  bool fits = !parsed_by.empty() && parsed_by == engine_build_id();
  return fits ? entries : Entries();
}

}  // namespace

std::span<const std::uint8_t> cached_script(std::string_view name) {
  static const Entries entries = read_entries();
  auto entry = entries.find(name);
  return entry == entries.end() ? std::span<const std::uint8_t>() : entry->second;
}

std::string engine_build_id() { return build_id("libmozjs-"); }

void set_engine_build_id() {
  JS::SetProcessBuildIdOp([](JS::BuildIdCharVector* out) {
    std::string id = engine_build_id();
    return out->append(id.data(), id.size());
  });
}

std::string embedded_function(const std::string& path) {
  std::string_view text = embedded::js(path);
  if (text.empty()) return "";
  std::string code = "(function(exports, require, module, $native){\n";
  code += text;
  return code + "\n})";
}

}  // namespace tidemark::script
