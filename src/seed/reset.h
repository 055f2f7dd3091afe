// Emptying every table.
#pragma once

#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

/// To be run in one transaction. What counts starts anew.
std::vector<Command> reset_commands(const Catalog& catalog);

}  // namespace tidemark::seed
