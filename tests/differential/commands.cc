// Commands of the program, one after the other in one process: to start one for each takes
// longer than most of them do.
//
// A line of input is {"folder": where it is typed, "words": […]}; a line of output answers
// with {"code": …, "stdout": …, "stderr": …}.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/run.h"

namespace {

using namespace tidemark;

std::string answer(const std::string& line) {
  const json::object command = json::parse(line).as_object();
  std::filesystem::current_path(text_at(command, "folder"));
  std::ostringstream out, err;
  const int code = run(json::value_to<std::vector<std::string>>(command.at("words")),
                       Streams{.out = out, .err = err});
  return compact_json({{"code", code}, {"stdout", out.str()}, {"stderr", err.str()}});
}

}  // namespace

int main() {
  // What a child prints must not come between two answers.
  std::FILE* answers = fdopen(dup(STDOUT_FILENO), "w");
  dup2(STDERR_FILENO, STDOUT_FILENO);
  for (std::string line; std::getline(std::cin, line);) {
    std::fputs((answer(line) + "\n").c_str(), answers);
    std::fflush(answers);
  }
}
