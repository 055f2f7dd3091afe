// Shared libraries that are loaded when they are first called. The jumps through
// which they are called are written by tools/delay_load.py.
#pragma once

#include <cstddef>

namespace tidemark {

/// What the generated file says about one library.
struct DelayedLibrary {
  const char* file;
  const char* const* names;
  void** slots;
  std::size_t count;
  void* handle;  // null until it is loaded
};

/// Loads it now. Throws Error(Fault::failed) that names the file when it is
/// missing; a call into a library that was not loaded so can only end the program.
void load(DelayedLibrary& library);

}  // namespace tidemark
