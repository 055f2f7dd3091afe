// Made-up rows for every table, such that no constraint is violated.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "seed/profile.h"
#include "seed/rows.h"

namespace tidemark::seed {

struct Generation {
  std::vector<Command> afterwards;  // keys that lead in a circle, and counters
  std::vector<std::string> notes;   // fewer rows than asked for, and why
};

/// Takes some rows of a table, in the order in which they can be inserted; those of one
/// table come one after the other.
using RowSink = std::function<void(const TableRows&)>;

/// The same for the same seed. `first` numbers the first new row of each table: behind all
/// that is there. The profile is one of known tables and columns (see require_known). Throws
/// Error(Fault::failed) for tables that need each other's rows first.
Generation generate(const Catalog& catalog, const Profile& profile, std::uint64_t seed,
                    const std::map<Path, std::uint64_t>& first, const RowSink& sink);

}  // namespace tidemark::seed
