// A migration ready to run: its statements, cut into the parts that are committed
// one by one. Nearly always there is one part.
#pragma once

#include <string>
#include <vector>

#include "apply/splitter.h"
#include "folder/migration_file.h"

namespace tidemark {

/// Statements [first, last) that are committed together, or the one statement
/// that runs outside any transaction.
struct Part {
  std::size_t first, last;
  bool alone = false;

  bool operator==(const Part&) const = default;
};

struct Script {
  const MigrationFile* file;
  std::vector<MigrationStatement> statements;
  /// At least one. The first and the last are never alone: they carry the log's
  /// row and the history's, and may hold no statement at all.
  std::vector<Part> parts;
  bool rebuilds_tables = false;             // SQLite: foreign keys are switched off around it
  std::vector<std::string> rebuilt = {};    // those tables, as far as they are seen, in lower case
  std::vector<std::string> made_anew = {};  // those of them that CREATE TABLE made again
  bool remakes_views = false;               // one is dropped and made again, or may be
  bool changes_settings = false;

  /// The place in the migration's file of a byte of one of its statements.
  SourceRange place(std::size_t statement, std::size_t offset) const;
};

/// Throws Error(Fault::failed) with the place of what cannot be run.
Script make_script(const MigrationFile& file, Engine engine);
/// Of statements that are to run in its place.
Script script_of(const MigrationFile& file, std::vector<MigrationStatement> statements,
                 Engine engine);

/// Cuts after every ALTER TYPE … ADD VALUE: the words do not show where a value is used that
/// has to be committed first. Returns whether there was anything to cut.
bool cut_after_enum_values(Script& script);

}  // namespace tidemark
