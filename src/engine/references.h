// What the schema files speak of and do not export.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "diff/diff.h"
#include "folder/document.h"

namespace tidemark {

/// Throws Error(Fault::failed) for every new foreign key of the schema files whose
/// table no file exports: its migration could not run. One that was there before
/// is none of our business, nor is a table that somebody else manages: in a
/// database schema that no exported table belongs to (Supabase's `auth`), or left
/// out by `tablesFilter`. Only references with a place are judged: those of
/// snapshots have none.
void require_targets(const DiffResult& difference, const Document& schema,
                     std::span<const std::string> tables_filter);

/// A sentence for every new column whose enum no file exports and `before` does not have.
/// A type that somebody made by hand is fine; one that was forgotten makes the migration
/// fail with `type … does not exist`.
std::vector<std::string> missing_enums(const DiffResult& difference, const Document& schema,
                                       const Catalog& before);

}  // namespace tidemark
