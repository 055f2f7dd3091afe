// What `--help` prints.
#pragma once

#include <memory>
#include <string>

#include "cli/console.h"

namespace CLI {
class App;
class Formatter;
}  // namespace CLI

namespace tidemark {

/// All commands with a line each.
std::string overview(const Console& console);

/// One command: usage, what it does, its flags, examples.
std::string command_help(const CLI::App& app);

std::shared_ptr<CLI::Formatter> help_formatter();

}  // namespace tidemark
