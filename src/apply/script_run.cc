#include "apply/script_run.h"

#include <fmt/format.h>

#include "apply/alone.h"
#include "apply/altered_columns.h"

namespace tidemark {

void ScriptRun::begin() {
  database_.execute(postgres() ? "BEGIN" : "BEGIN IMMEDIATE");
  for (const Command& command : settings_) database_.execute(command.sql);
}

void ScriptRun::roll_back() {
  try {
    database_.execute("ROLLBACK");
  } catch (const DatabaseError&) {  // nothing to roll back
  }
}

void ScriptRun::limit_waiting(const MigrationStatement& statement,
                              std::chrono::milliseconds longest) {
  if (!postgres()) return;
  auto limit = waits_harmlessly(statement) ? longest : lock_timeout_;
  database_.execute(fmt::format("SET lock_timeout = {}", limit.count()));
}

void ScriptRun::tell(const std::string& tag, const Script& script, std::size_t statement,
                     Clock::time_point start) {
  events_(StatementDone{tag, statement + 1, script.statements.size(),
                        script.statements[statement].sql, Clock::now() - start});
}

void ScriptRun::check_columns(const Script& script, const Part& part) {
  std::span<const MigrationStatement> all(script.statements);
  try {
    check_altered_columns(database_, all.subspan(part.first, part.last - part.first));
  } catch (const DatabaseError& error) {
    at_ = part.first + error.index;
    throw;
  }
}

}  // namespace tidemark
