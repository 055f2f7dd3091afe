#include "cli/help.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/command.h"

namespace tidemark {
namespace {

constexpr std::size_t left_column = 28;
constexpr std::size_t line_width = 100;

/// "--name NAME", "--breakpoints, --no-breakpoints", or the name of an argument.
std::string left_side(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  std::vector<std::string> names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  std::string value = option.get_type_size() == 0 ? "" : " " + option.get_type_name();
  return join(names, ", ") + value;
}

/// The explanation beside it, on as many lines as it takes.
std::string entry(const std::string& left, const std::string& explanation) {
  bool fits = left.size() + 3 <= left_column;
  std::string text = fits ? fmt::format("  {:<{}}", left, left_column - 2)
                          : fmt::format("  {}\n{:{}}", left, "", left_column);
  std::size_t column = left_column;
  for (const std::string& word : split(explanation, " ")) {
    if (column + word.size() > line_width) {
      while (text.back() == ' ') text.pop_back();
      text += "\n" + std::string(left_column, ' ');
      column = left_column;
    }
    text += word + " ";
    column += word.size() + 1;
  }
  return std::string(text.substr(0, text.find_last_not_of(' ') + 1)) + "\n";
}

std::string entries(const CLI::App& app, bool arguments) {
  std::string text;
  for (const CLI::Option* option : app.get_options())
    if (option->get_positional() == arguments && option != app.get_help_ptr())
      text += entry(left_side(*option), option->get_description());
  return text;
}

std::string usage(const CLI::App& app) {
  std::string line = fmt::format("usage: tidemark {}", app.get_name());
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    std::string name = option->get_name(true);
    line += option->get_required() ? " " + name : fmt::format(" [{}]", name);
  }
  return line + " [flags]\n";
}

}  // namespace

std::string overview(const Console& console) {
  std::string text = fmt::format(
      "{}  changes databases to match a Drizzle schema\n\n"
      "usage: tidemark COMMAND [flags]\n\n{}\n",
      console.bold("tidemark"), console.bold("commands"));
  for (const CliCommand& command : commands())
    text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  text += fmt::format(
      "\n{}\n"
      "  tidemark init && tidemark generate && tidemark migrate\n\n"
      "`tidemark COMMAND --help` explains a command. Every command takes --json.\n"
      "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 a check found something,\n"
      "4 an answer is needed, 5 locked by another, 6 stopped half-way, 130 interrupted.\n",
      console.bold("from nothing to a database"));
  return text;
}

std::string command_help(const CLI::App& app) {
  std::string arguments = entries(app, true);
  return fmt::format("{}\n{}\n\n{}{}flags\n{}\n{}", usage(app), app.get_description(),
                     arguments.empty() ? "" : "arguments\n" + arguments,
                     arguments.empty() ? "" : "\n", entries(app, false), app.get_footer());
}

}  // namespace tidemark
