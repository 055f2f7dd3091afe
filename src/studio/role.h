#pragma once

#include <string>

#include "connect/connection.h"

namespace tidemark::studio {

/// What the role of a PostgreSQL session can do past a transaction that only reads, as a
/// sentence with what to do about it; empty where that is nothing.
std::string powers_beyond_reading(Connection& database);

}  // namespace tidemark::studio
