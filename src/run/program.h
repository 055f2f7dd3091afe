// Runs a script of the project as Node would, in a child process: with the project's own
// packages, and with drivers on connections of ours.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tidemark::run {

/// Statements that begin the transaction of a script on one database.
struct Beginning {
  std::string database;  // as `identity_of` tells it
  std::vector<std::string> statements = {};
};

struct Program {
  std::filesystem::path file;  // absolute
  std::vector<std::string> arguments = {};
  std::filesystem::path cwd;  // absolute
  std::map<std::string, std::string> environment;
  /// All that the script does on a database is one transaction, which ends with the script.
  bool transaction = false;
  std::optional<Beginning> beginning = {};  // only of such a transaction, or of a dry run
  /// Transactions are taken back in the end, and statements that change something are shown.
  bool dry_run = false;
  /// Of processor time between two waits; a script that waits is not without end.
  std::chrono::milliseconds time_limit{60'000};
  std::size_t memory_limit = std::size_t{2} << 30;  // bytes
};

/// Its exit code. What it threw and did not catch is thrown as Error with its place.
int run_program(const Program& program);

}  // namespace tidemark::run
