#include "apply/failure.h"

#include <fmt/format.h>

#include "apply/sql_lexer.h"

namespace tidemark {
namespace {

std::string what_is_left(const Script& script, const Remains& remains) {
  std::string before, after;
  const std::size_t applied = remains.applied;
  if (applied == 1) before = "; the migration before it is applied";
  if (applied > 1) before = fmt::format("; the {} migrations before it are applied", applied);
  if (remains.unknown > 0) after = fmt::format(", or any of the {} after it", remains.unknown);
  switch (remains.aftermath) {
    case Aftermath::rolled_back:
      return fmt::format("{} was rolled back, nothing of it is applied{}", script.file->tag,
                         before);
    case Aftermath::halfway:
      return fmt::format("the statements of {} before this one are applied and recorded{}",
                         script.file->tag, before);
    case Aftermath::unknown:
      return fmt::format("whether {}{} was committed is not known{}", script.file->tag, after,
                         before);
  }
  return {};
}

std::string what_to_do(Aftermath aftermath, const DatabaseError& error) {
  if (aftermath == Aftermath::unknown)
    return "run `tidemark migrate` again: it looks first, and runs it only if it is not there";
  if (error.connection_lost) return "check the server, then run `tidemark migrate` again";
  if (std::string_view first = obstacle(error); !first.empty())
    return fmt::format("{}, then run `tidemark migrate` again", first);
  if (aftermath == Aftermath::halfway)
    return "correct this statement or the database, then run `tidemark migrate` again: it resumes "
           "here";
  return "correct the file or the database, then run `tidemark migrate` again";
}

/// Where a statement is wrong. SQLite often gives no place, but ends its message
/// with the name it does not know.
std::size_t offset_in(const MigrationStatement& statement, const DatabaseError& error) {
  if (error.position > 0) return error.position - 1;
  if (!error.code.starts_with("SQLITE_ERROR")) return 0;
  std::string name = error.message.substr(error.message.find_last_of(" .") + 1);
  for (const Token& token : tokenize(statement.sql, Engine::sqlite))
    if (name_of(token, Engine::sqlite) == name) return token.offset;
  return 0;
}

Error located(const Script& script, const Remains& remains, const DatabaseError& error,
              std::string what) {
  Fault fault = remains.aftermath == Aftermath::halfway ? Fault::halfway : Fault::failed;
  return Error(fault, fmt::format("{}: {}\n  {}", what, server_words(error),
                                  what_is_left(script, remains)))
      .hint(what_to_do(remains.aftermath, error));
}

}  // namespace

std::string server_words(const DatabaseError& error) {
  std::string out = error.message;
  if (!error.code.empty()) out += fmt::format(" [{}]", error.code);
  if (!error.detail.empty()) out += "\n  detail: " + error.detail;
  if (!error.hint.empty()) out += "\n  server's hint: " + error.hint;
  if (!error.context.empty()) out += "\n  in: " + error.context;
  return out;
}

std::string_view obstacle(const DatabaseError& error) {
  const std::string& code = error.code;
  if (code == "SQLITE_FULL" || code == "SQLITE_IOERR_WRITE" || code == "53100")
    return "make room on the disk";
  if (code.starts_with("SQLITE_READONLY") || code.starts_with("SQLITE_CANTOPEN"))
    return "let this user write to the database's file and its folder";
  if (code == "SQLITE_NOTADB") return "correct the URL: this file is no SQLite database";
  if (code == "RESPONSE_TOO_LARGE")
    return "take out of the statements what returns rows (SELECT, RETURNING): the server answers "
           "with 10 MB at most";
  if (code == "HTTP_401" || code == "HTTP_403") return "give a token that may change the database";
  if (code == "42501") return "give this user the right, or connect as one who has it";
  if (code == "25006")
    return "connect to a server that may be written to (this is a standby, or its transactions are "
           "read-only)";
  return {};
}

Error look_failed(const std::string& what, const DatabaseError& error, std::string_view hint) {
  std::string text = fmt::format("{}: {} [{}]", what, error.message, error.code);
  if (error.code.starts_with("SQLITE_BUSY"))
    return Error(Fault::locked, text)
        .hint("another program has the file; run it again when that is done");
  std::string_view first = obstacle(error);
  return Error(Fault::failed, text).hint(std::string(first.empty() ? hint : first));
}

Error statement_failed(const Script& script, std::size_t statement, const DatabaseError& error,
                       const Remains& remains) {
  std::size_t offset = offset_in(script.statements[statement], error);
  std::string what = fmt::format("{}, statement {} of {}", script.file->tag, statement + 1,
                                 script.statements.size());
  return located(script, remains, error, what).at(script.place(statement, offset));
}

Error run_failed(const Script& script, const DatabaseError& error, const Remains& remains,
                 bool at_commit) {
  return located(
      script, remains, error,
      fmt::format("{} could not be {}", script.file->tag, at_commit ? "committed" : "recorded"));
}

Error tables_not_made(const DatabaseError& error) {
  std::string next = what_to_do(Aftermath::rolled_back, error);
  if (error.code == "42501")
    next =
        "let this user create them: `CREATE SCHEMA drizzle AUTHORIZATION …` or `GRANT CREATE ON "
        "DATABASE … TO …`";
  return Error(Fault::failed,
               fmt::format("cannot create the history tables: {}", server_words(error)))
      .hint(std::move(next));
}

Error was_interrupted(const Script& script, const Remains& remains) {
  return Error(Fault::interrupted, fmt::format("interrupted: {}", what_is_left(script, remains)))
      .hint("run `tidemark migrate` again to go on");
}

}  // namespace tidemark
