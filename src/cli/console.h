// Where a command speaks: text for people, or one JSON event a line for programs.
// Every line but raw output has its secrets masked.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "base/json.h"
#include "tidemark/error.h"

namespace tidemark {

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool asks = false;        // somebody sits at a terminal and can be asked
  bool colour_out = false;  // a terminal, and NO_COLOR is unset
  bool colour_err = false;
};

class Console {
 public:
  explicit Console(Streams streams) : streams_(streams) {}

  void speak_json() { json_ = true; }
  bool json() const { return json_; }
  bool asks() const { return streams_.asks && !json_; }
  bool live() const { return streams_.colour_err && !json_; }

  /// A line for people; nothing under --json.
  void say(std::string_view line = {});
  /// A line for programs; nothing without --json.
  void event(std::string_view name, json::object fields = {});
  /// Bytes that were asked for as they are, in either mode.
  void raw(std::string_view bytes);
  /// Beside the result: on the error stream, or an event.
  void warn(std::string_view text);
  void notice(std::string_view text);
  void fail(const Error& error);
  /// Everything said so far is on the screen: before a question.
  void flush() { streams_.out.flush(); }
  /// A line that the next one replaces; only where somebody watches.
  void progress(std::string_view text);

  // Marked text; unmarked where there is no colour.
  std::string bold(std::string_view text) const { return mark("1", text); }
  std::string dim(std::string_view text) const { return mark("2", text); }
  std::string red(std::string_view text) const { return mark("31", text); }
  std::string green(std::string_view text) const { return mark("32", text); }
  std::string yellow(std::string_view text) const { return mark("33", text); }
  std::string blue(std::string_view text) const { return mark("34", text); }

 private:
  std::string mark(std::string_view code, std::string_view text) const;
  void clear_progress();

  Streams streams_;
  bool json_ = false;
  bool progress_shown_ = false;
};

/// The place of an error or of a statement, as events carry it.
json::object place_fields(const SourceRange& range);

}  // namespace tidemark
