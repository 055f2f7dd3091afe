// What a command takes. The library that reads command lines stays behind this: its
// header takes longer to compile than a whole command.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace tidemark {

/// A flag or a value, to be described further.
class Parameter {
 public:
  explicit Parameter(CLI::Option* option) : option_(option) {}

  /// What its value is called in the help: TAG, FILE.
  Parameter& type_name(const std::string& name);
  Parameter& required();
  /// Not together with that one.
  Parameter& excludes(const std::string& flag);
  /// One value each time it is given, where it may be given several times.
  Parameter& one_at_a_time();
  Parameter& separated_by(char delimiter);
  Parameter& between(long least, long most);
  Parameter& one_of(const std::vector<std::string>& values);
  /// Its value may be left out, and is then this one.
  Parameter& may_be_left_out(const std::string& value);

 private:
  CLI::Option* option_;
};

/// The flags and values of one command. What they are written to has to live until they
/// are parsed; a name without dashes is that of a word's place.
class CommandLine {
 public:
  explicit CommandLine(CLI::App& app) : app_(app) {}

  void description(const std::string& text);
  void footer(const std::string& text);

  Parameter add_flag(const std::string& names, bool& target, const std::string& help);
  Parameter on_flag(const std::string& names, std::function<void(bool)> act,
                    const std::string& help);

  /// For the types in command_line.cc.
  template <class Target>
  Parameter add_option(const std::string& names, Target& target, const std::string& help);
  Parameter on_value(const std::string& names, const std::function<void(const std::string&)>& act,
                     const std::string& help);
  Parameter on_values(const std::string& names,
                      const std::function<void(const std::vector<std::string>&)>& act,
                      const std::string& help);

  /// What follows the last word that is known belongs to somebody else.
  void leave_the_rest();
  std::vector<std::string> rest() const;

 private:
  CLI::App& app_;
};

}  // namespace tidemark
