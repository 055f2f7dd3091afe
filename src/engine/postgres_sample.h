// Some rows of every table of a large PostgreSQL database, with all that they refer to.
#pragma once

#include <cstddef>

#include "apply/history_table.h"
#include "connect/connection.h"
#include "engine/backup.h"

namespace tidemark {

struct SampleSize {
  std::size_t rows;  // of each table, at most; those that they refer to are added
  Path history;      // copied whole, like our own tables
};

/// From one database into another, which has the same tables, empty and without foreign keys
/// and triggers yet. The rows are of one moment, and spread over each table; sequences go on
/// where the first one is. Throws DatabaseError.
void copy_sample(Connection& from, Connection& into, const SampleSize& size,
                 const CopySink& progress);

/// Materialized views that a copy of the schema alone leaves without rows.
void refresh_views(Connection& database);

}  // namespace tidemark
