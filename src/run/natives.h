// What a script that runs may do and a schema that is evaluated may not: reach databases,
// write inside the project, print, wait, end. js/run calls them by these names.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "connect/sqlite_session.h"
#include "run/sessions.h"
#include "source/script/interpreter.h"

namespace tidemark::run {

/// What the natives of one script work on.
struct Powers {
  std::function<void(const std::string&)> leave;  // ends the process with this last word
  std::function<void()> new_turn = [] {};         // the script gave control back
  script::World* world = nullptr;                 // decides what is inside the project

  struct Prepared {
    int file;
    std::unique_ptr<SqliteSession::Statement> statement;
  };
  Answers answers = {};
  int last_id = 0;
  std::map<int, std::unique_ptr<Session>> sessions = {};
  std::map<int, std::unique_ptr<SqliteSession>> files = {};
  std::map<int, Prepared> statements = {};
};

/// `powers` must outlive the interpreter.
std::map<std::string, script::NativeFunction> natives_of(Powers& powers);

}  // namespace tidemark::run
