// What differs between databases: facts as data, rendering as code. A dialect
// knows no connection and no order; it turns changes into drafts, and the planner
// puts those in order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"
#include "tidemark/change.h"
#include "tidemark/plan.h"

namespace tidemark {

/// What a database can do, as data. A new database is a new row.
struct Abilities {
  std::string_view name;
  char quote = '"';
  std::size_t longest_name = 0;  // in bytes; 0 means no limit
  bool transactional_ddl = true;
  bool alters_columns = true;          // otherwise tables are rebuilt
  bool builds_indexes_online = false;  // CREATE INDEX CONCURRENTLY
  bool has_schemas = false;
};

/// What a statement does, independent of its text. The rules in plan/checks/
/// decide by it, together with the change that asked for the statement.
// clang-format off
enum class Step : std::uint8_t {
  create_schema, rename_schema, drop_schema,
  create_enum, move_enum, rename_enum, add_enum_value, recreate_enum, drop_enum,
  create_sequence, move_sequence, rename_sequence, alter_sequence, drop_sequence,
  create_role, rename_role, alter_role, drop_role,
  create_table, rebuild_table, move_table, rename_table, drop_table,
  enable_row_security, disable_row_security,
  add_column, rename_column, drop_column,
  set_type, set_default, drop_default, set_not_null, drop_not_null,
  add_identity, alter_identity, drop_identity,
  add_generated, alter_generated, drop_generated,
  add_primary_key, drop_primary_key,
  add_unique, drop_unique,
  add_check, drop_check,
  add_foreign_key, drop_foreign_key,
  create_index, drop_index,
  create_view, rename_view, move_view, alter_view, drop_view,
  create_policy, rename_policy, alter_policy, drop_policy,
  set_pragma,
};
// clang-format on

/// Something that can be waited for, as a short text that only its makers and
/// users need to agree on: "table public.users", "column public.users.id".
using Key = std::string;

/// A statement that has not found its place yet.
struct Draft {
  Statement statement;
  Step step;
  /// Place in the list that the peer would write. Drafts of equal rank keep the
  /// order in which the dialect gave them.
  int rank = 0;
  std::size_t change = 0;                // index of the change that asked for it
  std::vector<std::size_t> others = {};  // of changes that it makes as well

  /// Why it may have to leave that place. What `makes` a key runs before what
  /// `needs` it; what `releases` a key runs before what `drops` it; what `drops` a
  /// key runs before what `makes` it again.
  std::vector<Key> makes = {}, needs = {}, releases = {}, drops = {};
  /// Drafts of one group stay together in the order given: a table's rebuild.
  std::size_t group = 0;  // 0: none
};

struct RenderInput {
  const Catalog& before;  // with the renames applied
  const Catalog& after;
  const Changes& changes;
  std::span<const Path> renamed_earlier = {};  // see DiffResult
  bool is_way_back = false;                    // likewise
};

/// Whether another rename gives the name that this one takes, or takes the one that it
/// gives: such renames only work in the order in which they are listed.
template <class SomeRename>
bool passes_name(const Changes& changes, const SomeRename& change) {
  return std::ranges::any_of(changes, [&](const Change& it) {
    const auto* other = std::get_if<SomeRename>(&it);
    if (!other || (other->before != change.after && other->after != change.before)) return false;
    if constexpr (requires { change.table; }) return other->table == change.table;
    return true;
  });
}

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual const Abilities& abilities() const = 0;
  virtual std::vector<Draft> render(const RenderInput& input) const = 0;
};

const Dialect& postgres();
const Dialect& sqlite();
const Dialect& libsql();  // SQLite with ALTER COLUMN: Turso

const Dialect& dialect_of(Engine engine);

}  // namespace tidemark
