// Foreign keys that could not be created.
#pragma once

#include <span>
#include <string>

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

}  // namespace tidemark
