// What a plan means for the rows that are there, in numbers of the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "folder/folder.h"
#include "plan/impact.h"

namespace tidemark {

struct MeasuredImpact {
  Impact impact;
  std::optional<std::uint64_t> count;  // empty where the database could not tell
};

/// Throws DatabaseError only where the connection is lost.
MeasuredImpact measure(Connection& database, Impact impact);

/// What a migration means for the rows of a database that it has not run on, where there are
/// any; nothing where the folder lacks its snapshots. Throws as `measure` does.
std::vector<MeasuredImpact> measured_impacts(const Folder& folder, const MigrationFile& file,
                                             Connection& database);

/// "deletes 3 values of users.age"; "deletes rows of users" where the count is not known.
std::string impact_text(const MeasuredImpact& measured);

}  // namespace tidemark
