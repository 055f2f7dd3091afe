#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>

namespace tidemark {

Parameter& Parameter::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Parameter& Parameter::required() {
  option_->required();
  return *this;
}

Parameter& Parameter::excludes(const std::string& flag) {
  option_->excludes(flag);
  return *this;
}

Parameter& Parameter::one_at_a_time() {
  option_->allow_extra_args(false);
  return *this;
}

Parameter& Parameter::separated_by(char delimiter) {
  option_->delimiter(delimiter);
  return *this;
}

Parameter& Parameter::between(long least, long most) {
  option_->check(CLI::Range(least, most).description(""));
  return *this;
}

Parameter& Parameter::one_of(const std::vector<std::string>& values) {
  option_->check(CLI::IsMember(values).description(""));
  return *this;
}

Parameter& Parameter::may_be_left_out(const std::string& value) {
  option_->expected(0, 1)->default_str(value);
  return *this;
}

void CommandLine::description(const std::string& text) { app_.description(text); }

void CommandLine::footer(const std::string& text) { app_.footer(text); }

Parameter CommandLine::add_flag(const std::string& names, bool& target, const std::string& help) {
  return Parameter(app_.add_flag(names, target, help));
}

Parameter CommandLine::on_flag(const std::string& names, std::function<void(bool)> act,
                               const std::string& help) {
  return Parameter(app_.add_flag_function(
      names, [act = std::move(act)](std::int64_t count) { act(count > 0); }, help));
}

template <class Target>
Parameter CommandLine::add_option(const std::string& names, Target& target,
                                  const std::string& help) {
  return Parameter(app_.add_option(names, target, help));
}

template Parameter CommandLine::add_option(const std::string&, std::string&, const std::string&);
template Parameter CommandLine::add_option(const std::string&, std::vector<std::string>&,
                                           const std::string&);
template Parameter CommandLine::add_option(const std::string&, std::optional<std::string>&,
                                           const std::string&);
template Parameter CommandLine::add_option(const std::string&, std::filesystem::path&,
                                           const std::string&);
template Parameter CommandLine::add_option(const std::string&,
                                           std::optional<std::filesystem::path>&,
                                           const std::string&);
template Parameter CommandLine::add_option(const std::string&, std::size_t&, const std::string&);
template Parameter CommandLine::add_option(const std::string&, unsigned&, const std::string&);

Parameter CommandLine::on_value(const std::string& names,
                                const std::function<void(const std::string&)>& act,
                                const std::string& help) {
  return Parameter(app_.add_option_function<std::string>(names, act, help));
}

Parameter CommandLine::on_values(const std::string& names,
                                 const std::function<void(const std::vector<std::string>&)>& act,
                                 const std::string& help) {
  return Parameter(app_.add_option_function<std::vector<std::string>>(names, act, help));
}

void CommandLine::leave_the_rest() { app_.prefix_command(); }

std::vector<std::string> CommandLine::rest() const { return app_.remaining(); }

}  // namespace tidemark
