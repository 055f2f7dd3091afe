// What the user is told when a statement of a migration fails.
#pragma once

#include <cstddef>
#include <string_view>

#include "apply/script.h"
#include "connect/connection.h"
#include "tidemark/error.h"

namespace tidemark {

/// What the server said, over several lines.
std::string server_words(const DatabaseError& error);

/// What to do first where neither a migration nor a schema stands in the way; or empty.
std::string_view obstacle(const DatabaseError& error);

/// What only looks is refused, after `what`: locked where others write, else failed with what
/// stands in the way, or with `hint`.
Error look_failed(const std::string& what, const DatabaseError& error, std::string_view hint);

/// What is left behind.
enum class Aftermath : std::uint8_t {
  rolled_back,  // nothing of the migration was applied
  halfway,      // earlier parts were committed and recorded; it can be resumed
  unknown,      // the connection was lost at the commit
};

struct Remains {
  Aftermath aftermath;      // of the migration that failed
  std::size_t applied = 0;  // migrations of this run that were committed before
  std::size_t unknown = 0;  // further ones, of which is not known whether they were
};

/// The server's complaint about a statement, placed in the migration's file.
Error statement_failed(const Script& script, std::size_t statement, const DatabaseError& error,
                       const Remains& remains);

/// The same for what is not one of the migration's statements: BEGIN, our rows, or the COMMIT.
Error run_failed(const Script& script, const DatabaseError& error, const Remains& remains,
                 bool at_commit = false);

/// Why there is no place to record what was applied; nothing has run yet.
Error tables_not_made(const DatabaseError& error);

/// What Ctrl-C left behind.
Error was_interrupted(const Script& script, const Remains& remains);

}  // namespace tidemark
