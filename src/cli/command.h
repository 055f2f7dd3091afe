// What a command is to the program: a name, a line for the overview, and a
// function that declares its flags.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.h"
#include "cli/console.h"

namespace tidemark {

/// Runs after the flags are parsed; gives the exit code.
using Action = std::function<int(Console&)>;

struct CliCommand {
  std::string_view name;
  std::string_view summary;  // one line, for the overview
  /// Adds flags, description and examples to `app`. `old_dialect` is what an old
  /// spelling says (`generate:pg`), else empty.
  Action (*define)(CommandLine& app, std::string_view old_dialect);
};

/// In the order of the overview.
std::span<const CliCommand> commands();

/// The command of a name or an alias; null when there is none.
const CliCommand* find_command(std::string_view name);

/// Names that can be typed, for suggestions.
std::vector<std::string> command_names();

/// A command of the peer's, or one announced, that this version does not have:
/// what to do instead. Empty for any other word.
std::string_view not_available(std::string_view name);

}  // namespace tidemark
