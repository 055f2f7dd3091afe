// A mistake in a script, as it crosses from the interpreter to the user: what was
// thrown, and the nearest place in a file of theirs.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "tidemark/error.h"

namespace tidemark::script {

struct ScriptError {
  std::string message;
  std::string hint;
  std::string file;  // empty when no file of the project's is to blame
  std::uint32_t line = 0;
  std::uint32_t column = 0;  // in characters, from 1
  std::uint32_t length = 1;
};

json::value to_json(const ScriptError& error);
ScriptError script_error(const json::value& value);

/// With the text of the line, read from the file.
Error to_error(const ScriptError& error);

/// Adds advice to the messages of JavaScript's own errors.
std::string hint_for(const std::string& message);

}  // namespace tidemark::script
