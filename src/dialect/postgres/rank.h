// The order in which the peer writes a PostgreSQL migration. Where a list of the
// peer's is filled in two goes, the second go has a rank of its own.
#pragma once

namespace tidemark::postgres_dialect {

// clang-format off
enum class Rank : int {
  create_schemas, rename_schemas,
  create_enums, move_enums, rename_enums, add_enum_values,
  create_sequences, move_sequences, rename_sequences, alter_sequences,
  rename_roles, drop_roles, create_roles, alter_roles,
  create_tables, enable_row_security, disable_row_security,
  drop_views, drop_altered_views, rename_views, move_views, alter_views,
  drop_tables, move_tables, rename_tables, rename_columns,
  drop_uniques, drop_checks, drop_foreign_keys,
  recreate_enums,
  drop_indexes, drop_altered_indexes, drop_primary_keys,
  alter_columns,
  add_primary_keys, add_columns,
  foreign_keys_of_new_tables, indexes_of_new_tables,
  foreign_keys_of_old_tables, indexes_of_old_tables, altered_indexes,
  drop_columns, alter_primary_keys, add_uniques, add_checks,
  create_views, create_altered_views,
  rename_policies, drop_policies, drop_altered_policies,
  create_policies, create_altered_policies, policies_of_new_tables, alter_policies,
  rename_linked_policies, drop_linked_policies, drop_altered_linked_policies,
  create_linked_policies, create_altered_linked_policies, alter_linked_policies,
  drop_enums, drop_sequences, drop_schemas,
};
// clang-format on

}  // namespace tidemark::postgres_dialect
