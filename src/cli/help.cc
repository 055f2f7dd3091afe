#include "cli/help.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"

namespace tidemark {
namespace {

/// Names and values on the left, the explanation beside them.
class FlagFormatter : public CLI::Formatter {
 public:
  FlagFormatter() { column_width(34); }

  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text;
    if (option->get_type_size() != 0) text = " " + option->get_type_name();
    return option->get_required() ? text + " (required)" : text;
  }
};

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

std::string command_help(const CLI::App& app) { return app.help(); }

std::shared_ptr<CLI::Formatter> help_formatter() { return std::make_shared<FlagFormatter>(); }

}  // namespace tidemark
