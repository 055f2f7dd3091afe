// The program without its process: arguments in, exit code out.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace tidemark {

/// `arguments` without the program's own name.
int run(std::vector<std::string> arguments, Streams streams);

}  // namespace tidemark
