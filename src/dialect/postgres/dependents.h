// What hangs on a column and has to step aside while the column changes: dropped
// before, made again after. Only what both sides have alike is touched here; what
// changes itself is dropped and made by its own change.
#pragma once

#include <span>

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

/// Views and policies: they stop a column's type from changing.
void set_aside_views(Script& script, const Path& table, const Name& column);
/// The views that read a view which is made anew.
void set_aside_views_of(Script& script, const View& view);
/// What speaks of a name that something else takes over, in words that stay: in the database it
/// follows what had the name. To be called after all changes are written.
void set_aside_readers_of_passed_name(Script& script, const Change& change);
void set_aside_policies(Script& script, const Path& table, const Name& column);
/// The policies that read a table or a view which goes, and read it again where something else
/// takes its name.
void set_aside_policies_of(Script& script, const Path& relation);

/// Generated columns that are made of the column: they are made anew, with what hangs
/// on them.
void set_aside_generated(Script& script, const Path& table, const Name& column);

/// Checks and index predicates that compare the column with constants of its type.
void set_aside_expressions(Script& script, const Path& table, const Name& column);

/// Indexes that do not take the column while it is text.
void set_aside_indexes_without_text(Script& script, const Path& table, const Name& column);

/// Foreign keys from or to the column.
void set_aside_foreign_keys(Script& script, const Path& table, const Name& column);

/// Foreign keys between the column and another that changes its type too, where the types that
/// both have in between cannot be compared.
void set_aside_parted_keys(Script& script, const Path& table, const Name& column);

/// Foreign keys to columns whose unique constraint, unique index or primary key goes, unless
/// a primary key over them stays.
void set_aside_references(Script& script, const Path& table, std::span<const Name> columns);

/// Indexes and constraints that went with a column that is dropped and added again.
void restore_parts(Script& script, const Path& table, const Name& column);

}  // namespace tidemark::postgres_dialect
