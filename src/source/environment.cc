#include "source/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }

/// Reads one dotenv text from front to back.
class Dotenv {
 public:
  explicit Dotenv(std::string_view text) : text_(text) {}

  std::vector<std::pair<std::string, std::string>> pairs() {
    std::vector<std::pair<std::string, std::string>> found;
    while (at_ < text_.size()) {
      skip_white();
      if (std::string key = read_key(); !key.empty()) {
        std::string value = read_value();
        found.emplace_back(std::move(key), std::move(value));
      }
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
    return found;
  }

 private:
  void skip_white() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '\n')) ++at_;
  }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  /// The key with its `=` (or `: `); empty when the line holds no assignment.
  std::string read_key() {
    constexpr std::string_view word = "export";
    if (text_.substr(at_).starts_with(word) && at_ + word.size() < text_.size() &&
        is_blank(text_[at_ + word.size()])) {
      at_ += word.size();
      skip_blanks();
    }
    std::size_t start = at_;
    while (at_ < text_.size() && is_key_character(text_[at_])) ++at_;
    std::string key(text_.substr(start, at_ - start));
    skip_blanks();
    if (at_ >= text_.size()) return {};
    bool assigned = text_[at_] == '=' ||
                    (text_[at_] == ':' && at_ + 1 < text_.size() && is_blank(text_[at_ + 1]));
    if (!assigned) return {};
    ++at_;
    return key;
  }

  std::string read_value() {
    skip_blanks();
    if (at_ < text_.size() && std::string_view("'\"`").find(text_[at_]) != std::string_view::npos)
      if (auto value = read_quoted(text_[at_])) return *value;
    std::size_t end = std::min(text_.find_first_of("#\n", at_), text_.size());
    std::string value(trim(text_.substr(at_, end - at_)));
    at_ = end;
    return value;
  }

  /// Empty when the quote is never closed: it is then part of a plain value.
  std::optional<std::string> read_quoted(char quote) {
    for (std::size_t end = at_ + 1; end < text_.size(); ++end) {
      if (text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] == quote) {
        ++end;
      } else if (text_[end] == quote) {
        std::string value(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return quote == '"' ? with_line_ends(std::move(value)) : value;
      }
    }
    return std::nullopt;
  }

  static std::string with_line_ends(std::string value) {
    return replace_all(replace_all(std::move(value), "\\n", "\n"), "\\r", "\r");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void add(Environment& environment, std::string_view text, const std::string& from) {
  for (auto& [name, value] : parse_dotenv(text)) {
    // Within one file the last assignment wins; between sources the first.
    auto [variable, added] = environment.variables.try_emplace(name);
    if (added || variable->second.from == from) variable->second = {std::move(value), from};
  }
}

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; *entry; ++entry) {
    std::string_view text = *entry;
    std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.variables[std::string(text.substr(0, equals))] = {
        std::string(text.substr(equals + 1)), ""};
  }
  return environment;
}

}  // namespace

const std::string* Environment::find(const std::string& name) const {
  auto found = variables.find(name);
  return found == variables.end() ? nullptr : &found->second.value;
}

std::string Environment::source_of(std::string_view value) const {
  if (value.empty()) return {};
  for (const auto& [name, variable] : variables)
    if (variable.value == value)
      return variable.from.empty() ? fmt::format("{} in the environment", name)
                                   : fmt::format("{} in {}", name, variable.from);
  return {};
}

std::vector<std::pair<std::string, std::string>> parse_dotenv(std::string_view text) {
  std::string unix_text = replace_all(replace_all(std::string(text), "\r\n", "\n"), "\r", "\n");
  return Dotenv(unix_text).pairs();
}

Environment read_environment(const std::filesystem::path& cwd,
                             std::span<const std::filesystem::path> env_files) {
  Environment environment = process_environment();
  for (const std::filesystem::path& file : env_files) {
    auto text = read_file_if_exists(cwd / file);
    if (!text) throw Error(Fault::usage, fmt::format("there is no file {}", file.string()));
    add(environment, *text, file.string());
  }
  if (!env_files.empty()) return environment;
  for (const char* name : {".env", ".env.local"})
    if (auto text = read_file_if_exists(cwd / name)) add(environment, *text, name);
  return environment;
}

}  // namespace tidemark
