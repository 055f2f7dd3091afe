// The history table that is shared with Drizzle Kit: made exactly as it makes it,
// one row for each applied migration, nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "folder/migration_file.h"
#include "tidemark/name.h"

namespace tidemark {

/// Its name unless configured. SQLite leaves the schema out.
inline Path default_history() { return {"drizzle", "__drizzle_migrations"}; }

struct HistoryRow {
  std::string hash;
  std::optional<std::int64_t> created_at = {};
  std::string name = {};  // only in the table of Drizzle's version 1
  std::int64_t id = 0;    // in the order in which they were applied

  bool operator==(const HistoryRow&) const = default;
};

class HistoryTable {
 public:
  /// `path` as configured; SQLite leaves the schema out.
  HistoryTable(Engine engine, Path path);

  /// What it is called in messages and in our log: drizzle.__drizzle_migrations.
  const std::string& name() const { return name_; }
  const Path& path() const { return path_; }

  /// The rows, oldest first; empty optional when there is no such table. Learns
  /// whether it is version 1's, which `insert` then fills as well.
  std::optional<std::vector<HistoryRow>> read(Connection& database);
  /// The same in two steps, for who asks more at once: what columns there are, and then,
  /// where there are any, the rows.
  Command look_for_columns() const;
  std::optional<Command> look_for_rows(const Rows& columns);
  std::vector<HistoryRow> rows_of(const Rows& found) const;

  /// Makes the table, and its schema, where they are missing.
  void create(Connection& database);

  /// Whether the row of a migration is there, as `insert` writes it: then it comes.
  Command look_for(const MigrationFile& migration) const;
  bool has(Connection& database, const MigrationFile& migration) const;
  /// On SQLite: fails with `refusal` when the row is there, so that a batch ends.
  Command refuse(const MigrationFile& migration) const;
  static constexpr std::string_view refusal = "integer overflow";

  /// The row of a migration. Runs in its transaction.
  Command insert(const MigrationFile& migration) const;

  /// Takes a row out again. False when it is gone already. Locks it until the end of
  /// the transaction.
  bool remove(Connection& database, const HistoryRow& row) const;
  /// The row says from now on that the file as it is was applied. False likewise.
  bool accept(Connection& database, const HistoryRow& row, const MigrationFile& migration) const;

 private:
  const char* id_column() const;

  Engine engine_;
  Path path_;
  std::string name_;
  bool has_names_ = false;  // version 1's columns
};

/// The names of a table's columns, a row each; none when there is no such table.
Command look_for_columns(Engine engine, const Path& table);
Rows columns_of(Connection& database, const Path& table);
bool has_column(const Rows& columns, std::string_view name);

/// CREATE SCHEMA where it is missing: asked first, because IF NOT EXISTS needs the
/// right to create one even when it is there.
void create_schema(Connection& database, const Name& schema);

}  // namespace tidemark
