#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/run.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  bool out = isatty(STDOUT_FILENO) != 0;
  bool err = isatty(STDERR_FILENO) != 0;
  bool plain = std::getenv("NO_COLOR") != nullptr;
  tidemark::Streams streams{.out = std::cout,
                            .err = std::cerr,
                            .asks = out && isatty(STDIN_FILENO) != 0,
                            .colour_out = out && !plain,
                            .colour_err = err && !plain};
  return tidemark::run({argv + 1, argv + argc}, streams);
}
