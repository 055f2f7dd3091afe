#include "source/script/script_error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/text.h"

namespace tidemark::script {
namespace {

std::string_view line_of(std::string_view text, std::uint32_t number) {
  for (; number > 1; --number) {
    std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string_view line = text.substr(0, text.find('\n'));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// The byte, from 1, of the character at `column` of the line.
std::uint32_t byte_column(std::string_view line, std::uint32_t column) {
  std::size_t byte = 0;
  for (std::uint32_t seen = 1; seen < column && byte < line.size(); ++seen) do {
      ++byte;
    } while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0) == 0x80);
  return static_cast<std::uint32_t>(byte) + 1;
}

/// What follows the file's last line is what it was wrapped in: a mistake found there
/// is that the file ends too early.
ScriptError within(ScriptError error, std::string_view text) {
  std::size_t end = text.find_last_not_of(" \t\r\n");
  std::string_view written = end == std::string_view::npos ? "" : text.substr(0, end + 1);
  auto last = static_cast<std::uint32_t>(std::ranges::count(written, '\n')) + 1;
  if (error.line <= last + std::ranges::count(text.substr(written.size()), '\n')) return error;
  error.message = "the file ends in the middle of an expression or a block";
  error.hint = "close what is still open: {, (, [, ` or a comment";
  error.line = last;
  error.column = static_cast<std::uint32_t>(line_of(written, last).size()) + 1;
  error.length = 1;
  return error;
}

}  // namespace

json::value to_json(const ScriptError& error) {
  return {{"message", error.message}, {"hint", error.hint},     {"file", error.file},
          {"line", error.line},       {"column", error.column}, {"length", error.length}};
}

ScriptError script_error(const json::value& value) {
  auto text = [&](const char* key) { return std::string(value.at(key).as_string()); };
  auto number = [&](const char* key) { return value.at(key).to_number<std::uint32_t>(); };
  return {text("message"), text("hint"),     text("file"),
          number("line"),  number("column"), number("length")};
}

Error to_error(const ScriptError& raw) {
  auto text = raw.file.empty() ? std::nullopt : read_file_if_exists(raw.file);
  ScriptError error = text ? within(raw, *text) : raw;
  std::string hint = error.hint.empty() ? hint_for(error.message) : error.hint;
  Error made(Fault::failed, error.message);
  if (!error.file.empty()) {
    SourceRange range{error.file, error.line, error.column, error.length};
    if (text) range.line_text = line_of(*text, error.line);
    if (!range.line_text.empty()) range.column = byte_column(range.line_text, error.column);
    made = std::move(made).at(std::move(range));
  }
  return hint.empty() ? made : std::move(made).hint(hint);
}

std::string hint_for(const std::string& message) {
  static const std::array<std::pair<std::string_view, std::string_view>, 12> hints = {{
      {"missing } after property list", "put a comma before it, or close the { above"},
      {"missing ] after element list", "put a comma before it, or close the [ above"},
      {"missing ) after argument list", "put a comma before it, or close the ( above"},
      {"missing ) in parenthetical", "close the ( above"},
      {"missing } in compound statement", "close the { above"},
      {"missing } after function body", "close the { above"},
      {"can't access lexical declaration",
       "it is used before its line has run: move it up, or use it inside a function such as "
       "() => table.id"},
      {"illegal character U+0040",
       "decorators are read in .ts files only: rename the file, or keep the class out of the "
       "schema"},
      {"invalid regular expression flag v",
       "the flag v is newer than this program's JavaScript (ES2022): write it with the flag u"},
      {"unexpected token: identifier",
       "if it is newer than ES2022, such as `using`, write it in the older way"},
      {"too much recursion", "look for a function that calls itself without end"},
      {"out of memory", "the script needs more memory than it may have"},
  }};
  for (const auto& [start, hint] : hints)
    if (message.find(start) != std::string::npos) return std::string(hint);
  return "";
}

}  // namespace tidemark::script
