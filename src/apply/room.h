#pragma once

#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

/// A rebuild holds a table twice for a while. Throws Error(Fault::failed) where the disk
/// has no room for that, before anything runs. Does nothing where the room is not known.
void require_room(Connection& database, const Script& script);

}  // namespace tidemark
