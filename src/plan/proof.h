// Plans for SQLite are tried before anybody sees them: it takes a database in
// memory and a few milliseconds.
#pragma once

#include <cstdint>

#include "tidemark/catalog.h"
#include "tidemark/plan.h"

namespace tidemark {

enum class Proof : std::uint8_t {
  given,         // the plan leads from one to the other
  not_possible,  // this SQLite cannot tell: libSQL's own SQL, a function of the application's
};

/// Builds `before` in memory, as far as the plan concerns it, runs the plan and
/// compares with a build of `after`.
///
/// Throws Error(Fault::failed) with the statement that SQLite refuses, at the line
/// of the schema that asked for it; Error(Fault::bug) when the plan runs but leads
/// somewhere else. PostgreSQL's plans are `not_possible`.
Proof prove(const Catalog& before, const Catalog& after, const Plan& plan);

}  // namespace tidemark
