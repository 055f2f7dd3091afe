// What `--help` prints.
#pragma once

#include <string>

#include "cli/console.h"

namespace CLI {
class App;
}

namespace tidemark {

/// All commands with a line each.
std::string overview(const Console& console);

/// One command: usage, what it does, its flags, examples.
std::string command_help(const CLI::App& app);

}  // namespace tidemark
