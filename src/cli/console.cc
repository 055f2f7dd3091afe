#include "cli/console.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error_message.h"
#include "base/text.h"
#include "engine/engine.h"

namespace tidemark {
namespace {

/// Files of the project are named as they are seen from here.
std::string relative_paths(std::string text) {
  std::error_code unknown;
  std::string here = std::filesystem::current_path(unknown).string();
  return unknown ? text : replace_all(std::move(text), here + "/", "");
}

}  // namespace

void Console::say(std::string_view line) {
  if (json_) return;
  clear_progress();
  streams_.out << mask_secrets(line) << '\n';
}

void Console::event(std::string_view name, json::object fields) {
  if (!json_) return;
  json::object event;
  event["event"] = name;
  for (auto& [key, value] : fields) event[key] = std::move(value);
  streams_.out << mask_secrets(compact_json(event)) << '\n' << std::flush;
}

void Console::raw(std::string_view bytes) { streams_.out << bytes; }

void Console::warn(std::string_view text) {
  event("warning", {{"message", text}});
  if (json_) return;
  clear_progress();
  streams_.err << (streams_.colour_err ? "\x1b[33mwarning:\x1b[0m " : "warning: ")
               << mask_secrets(text) << '\n';
}

void Console::notice(std::string_view text) {
  event("notice", {{"message", text}});
  if (json_) return;
  clear_progress();
  streams_.err << mask_secrets(text) << '\n';
}

void Console::fail(const Error& error) {
  if (!json_) {
    clear_progress();
    streams_.out.flush();
    std::string text = relative_paths(error_message(error, streams_.colour_err));
    streams_.err << mask_secrets(text) << std::flush;
    return;
  }
  json::object fields{{"exit_code", static_cast<int>(error.fault())},
                      {"message", relative_paths(error.message())}};
  if (error.range()) fields["at"] = place_fields(*error.range());
  if (!error.sql().empty()) fields["sql"] = error.sql();
  if (!error.hint().empty()) fields["hint"] = error.hint();
  event("error", std::move(fields));
  for (const Error& other : error.others()) fail(other);
}

void Console::progress(std::string_view text) {
  if (!live()) return;
  streams_.err << "\r\x1b[2K" << mask_secrets(text) << std::flush;
  progress_shown_ = true;
}

void Console::clear_progress() {
  if (progress_shown_) streams_.err << "\r\x1b[2K" << std::flush;
  progress_shown_ = false;
}

std::string Console::mark(std::string_view code, std::string_view text) const {
  if (!streams_.colour_out) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

json::object place_fields(const SourceRange& range) {
  return {{"file", relative_paths(range.file)}, {"line", range.line}, {"column", range.column}};
}

}  // namespace tidemark
