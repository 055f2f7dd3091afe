// How what a migration did that stopped half-way is taken back: the way from the live
// database to the schema before it, where its statements touched it.
#pragma once

#include "engine/way_back.h"

namespace tidemark {

/// Throws Error(Fault::failed) where the folder lacks the snapshots.
FoundWayBack find_half_way_back(const Folder& folder, Target& target, const LiveScope& scope,
                                const MigrationStatus& migration);

}  // namespace tidemark
