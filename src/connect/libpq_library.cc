#include "connect/libpq_library.h"

#include <dlfcn.h>

#include <string>

#include "tidemark/error.h"

namespace tidemark {
namespace {

LibpqLibrary load() {
  void* handle = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    throw Error(Fault::failed,
                std::string("cannot load PostgreSQL's client library: ") + ::dlerror())
        .hint("install it: `apt install libpq5` (version 14 or newer)");
  auto find = [handle](const char* name) {
    void* symbol = ::dlsym(handle, name);
    if (!symbol)
      throw Error(Fault::failed, std::string("PostgreSQL's client library lacks ") + name)
          .hint("install libpq 14 or newer: `apt install libpq5`");
    return symbol;
  };
  LibpqLibrary library;
#define TIDEMARK_FIND(name) library.name = reinterpret_cast<decltype(library.name)>(find(#name));
  TIDEMARK_LIBPQ_FUNCTIONS(TIDEMARK_FIND)
#undef TIDEMARK_FIND
  return library;
}

}  // namespace

const LibpqLibrary& libpq() {
  static const LibpqLibrary library = load();
  return library;
}

}  // namespace tidemark
