// What a plan means for the rows that are there, in numbers of the database.
#pragma once

#include <optional>
#include <string>

#include "connect/connection.h"
#include "plan/impact.h"

namespace tidemark {

struct MeasuredImpact {
  Impact impact;
  std::optional<std::uint64_t> count;  // empty where the database could not tell
};

/// Throws DatabaseError only where the connection is lost.
MeasuredImpact measure(Connection& database, Impact impact);

/// "deletes 3 values of users.age"; "deletes rows of users" where the count is not known.
std::string impact_text(const MeasuredImpact& measured);

}  // namespace tidemark
