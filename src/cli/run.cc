#include "cli/run.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"

namespace tidemark {
namespace {

constexpr std::string_view version = "tidemark " TIDEMARK_VERSION;

/// What the words before the flags ask for.
struct Request {
  std::string name;
  std::string_view old_dialect;  // of an old spelling
};

/// `generate:pg` is `generate` for a PostgreSQL project.
Request parse_name(const std::string& word, Console& console) {
  std::size_t colon = word.find(':');
  if (colon == std::string::npos) return {word, {}};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> suffixes = {
      {{"pg", "postgresql"}, {"sqlite", "sqlite"}, {"mysql", "mysql"}}};
  std::string name = word.substr(0, colon);
  for (auto [suffix, dialect] : suffixes) {
    if (std::string_view(word).substr(colon + 1) != suffix) continue;
    if (find_command(name))
      console.notice(
          fmt::format("`{}` is an old spelling of `{}`, which does the same.", word, name));
    return {name, dialect};
  }
  return {word, {}};
}

[[noreturn]] void refuse_command(const std::string& name) {
  if (std::string_view instead = not_available(name); !instead.empty())
    throw Error(Fault::usage, fmt::format("`{}` is not part of this version yet", name))
        .hint(std::string(instead));
  std::string meant = did_you_mean(name, command_names());
  throw Error(Fault::usage, fmt::format("there is no command `{}`", name))
      .hint(meant.empty() ? "`tidemark help` lists the commands."
                          : fmt::format("Did you mean `{}`?", meant));
}

std::vector<std::string> flag_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

[[noreturn]] void refuse_word(const CLI::App& app, const std::string& word) {
  if (!word.starts_with('-'))
    throw Error(Fault::usage, fmt::format("`{}` takes no \"{}\"", app.get_name(), word))
        .hint(fmt::format("`tidemark {} --help` shows what it takes.", app.get_name()));
  std::string meant = did_you_mean(word.substr(0, word.find('=')), flag_names(app));
  throw Error(Fault::usage, fmt::format("`{}` has no flag {}", app.get_name(), word))
      .hint(meant.empty() ? fmt::format("`tidemark {} --help` lists its flags.", app.get_name())
                          : fmt::format("Did you mean {}?", meant));
}

/// The peer also takes `--breakpoints false`, in two words.
void join_switches(const CLI::App& app, std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 4> values = {"true", "false", "1", "0"};
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (std::ranges::find(values, words[i + 1]) == values.end()) continue;
    const CLI::Option* option = app.get_option_no_throw(words[i]);
    if (!option || option->get_expected_max() != 0) continue;
    words[i] += "=" + words[i + 1];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

void parse(CLI::App& app, std::vector<std::string> words) {
  join_switches(app, words);
  std::ranges::reverse(words);  // as the library wants them
  try {
    app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    throw;
  } catch (const CLI::ParseError& error) {
    throw Error(Fault::usage, error.what())
        .hint(fmt::format("`tidemark {} --help` shows what it takes.", app.get_name()));
  }
  if (app.get_prefix_command()) return;  // the command takes the rest
  if (auto left = app.remaining(); !left.empty()) refuse_word(app, left.front());
}

int run_command(const CliCommand& command, std::string_view old_dialect,
                std::vector<std::string> words, Console& console) {
  CLI::App app(std::string(command.summary), std::string(command.name));
  app.allow_extras();
  CommandLine line(app);
  Action action = command.define(line, old_dialect);
  try {
    parse(app, std::move(words));
  } catch (const CLI::CallForHelp&) {
    console.raw(command_help(app));
    return 0;
  }
  return action(console);
}

int dispatch(std::vector<std::string> words, Console& console) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h") {
    console.raw(overview(console));
    return 0;
  }
  if (words[0] == "--version" || words[0] == "-v" || words[0] == "version") {
    console.raw(fmt::format("{}\n", version));
    return 0;
  }
  if (words[0] == "help") {
    if (words.size() == 1) return dispatch({}, console);
    words = {words[1], "--help"};
  }
  auto [name, old_dialect] = parse_name(words[0], console);
  const CliCommand* command = find_command(name);
  if (!command) refuse_command(name);
  words.erase(words.begin());
  return run_command(*command, old_dialect, std::move(words), console);
}

}  // namespace

int run(std::vector<std::string> arguments, Streams streams) {
  Console console(streams);
  bool json = std::ranges::find(arguments, "--json") != arguments.end();
  if (json) console.speak_json();
  try {
    return dispatch(std::move(arguments), console);
  } catch (const Error& error) {
    console.fail(error);
    return static_cast<int>(error.fault());
  } catch (const std::exception& error) {
    console.fail(Error(Fault::bug, error.what()));
    return static_cast<int>(Fault::bug);
  }
}

}  // namespace tidemark
