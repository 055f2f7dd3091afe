// What happens to each table, in the peer's order, and whether SQLite can do it in
// place or has to rebuild the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dialect/dialect.h"
#include "tidemark/catalog.h"
#include "tidemark/change.h"

namespace tidemark::sqlite_sql {

/// The place of a change in the list that the peer makes before it brings
/// together what belongs to one table.
enum class Phase : std::uint8_t {
  create_table,
  drop_table,
  rename_table,
  rename_column,
  drop_foreign_key,
  drop_check,
  drop_index,
  drop_changed_index,
  drop_primary_key,
  alter_column,
  add_primary_key,
  add_column,
  index_of_new_table,
  add_index,
  add_changed_index,
  add_check,
  add_foreign_key,
  drop_column,
  alter_primary_key,
  drop_view,
  drop_renamed_view,
  drop_changed_view,
  create_view,
  create_renamed_view,
  create_changed_view,
};

/// One change, or the half of one that happens in this phase.
struct Move {
  Phase phase;
  std::size_t change;  // index into the changes
};

/// Everything that is done to one table; views share one entry without a name.
struct TableWork {
  Name table;  // by its new name
  std::vector<Move> moves = {};
  bool rebuilt = false;                  // then the moves besides renames are part of that
  std::size_t cause = 0;                 // the first change that asked for it
  std::vector<std::size_t> others = {};  // changes that it makes as well
  std::string why = {};
};

/// The work, tables in the order in which they first appear in the peer's list.
std::vector<TableWork> arrange(const RenderInput& input, bool libsql);

/// The foreign key that is added together with a column, as part of it.
const ForeignKey* reference_of_new_column(const RenderInput& input, const Path& table,
                                          const Column& column);

}  // namespace tidemark::sqlite_sql
