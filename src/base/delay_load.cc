#include "base/delay_load.h"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tidemark/error.h"

namespace tidemark {
namespace {

/// What went wrong; empty when all slots are filled.
std::string fill(DelayedLibrary& library) {
  if (library.handle) return "";
  void* handle = ::dlopen(library.file, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return ::dlerror();
  for (std::size_t i = 0; i < library.count; ++i) {
    void* function = ::dlsym(handle, library.names[i]);
    if (!function) return std::string(library.file) + " lacks " + library.names[i];
    library.slots[i] = function;
  }
  library.handle = handle;
  return "";
}

}  // namespace

void load(DelayedLibrary& library) {
  std::string problem = fill(library);
  if (problem.empty()) return;
  throw Error(Fault::failed, "a library cannot be loaded: " + problem)
      .hint("install the package that has " + std::string(library.file));
}

}  // namespace tidemark

/// Called by the generated jumps, where nothing may be thrown.
extern "C" void* tidemark_delay_resolve(tidemark::DelayedLibrary* library, std::size_t index) {
  std::string problem = tidemark::fill(*library);
  if (problem.empty()) return library->slots[index];
  std::fprintf(stderr, "error: a library cannot be loaded: %s\n", problem.c_str());
  std::_Exit(1);
}
