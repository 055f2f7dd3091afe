// A migration file as the statements that run one by one: split at the peer's
// markers, then at the semicolons between them, because the protocol that takes
// parameters and pipelines allows one statement at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// How a statement has to be run.
enum class Handling : std::uint8_t {
  plain,             // inside the migration's transaction
  alone,             // the server refuses it inside a transaction
  adds_enum_value,   // may run inside one, but the value works only after its commit
  begins,            // BEGIN: we begin ourselves
  commits,           // COMMIT: ends the part that is rolled back together
  foreign_keys_off,  // SQLite's pragma, which does nothing inside a transaction
  foreign_keys_on,
  sets,  // changes settings of the session
};

/// What who runs it does itself: the transaction and, on SQLite, the foreign keys.
bool is_ours(Handling handling);

struct MigrationStatement {
  std::size_t offset;  // of its first token in the file
  std::string sql;     // without comments before it and without the semicolon
  Handling handling = Handling::plain;
};

/// Splits the text of a migration. Comments and empty pieces give no statements.
/// Throws Error(Fault::failed), located in `path`, for what cannot be run at all: a
/// string or comment without end, COPY with inline data, ROLLBACK, psql's commands.
std::vector<MigrationStatement> split_migration(std::string_view text, const std::string& path,
                                                Engine engine);

/// The statements of any text, without comments around them and without semicolons. Nothing is
/// refused: a string without end ends with the text. They point into `text`.
std::vector<std::string_view> split_statements(std::string_view text, Engine engine);

}  // namespace tidemark
