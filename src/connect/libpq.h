#pragma once

#include <memory>

#include "connect/connection.h"
#include "connect/database_url.h"

namespace tidemark {

/// A PostgreSQL session over libpq.
std::unique_ptr<Connection> open_libpq(const DatabaseUrl& url);

}  // namespace tidemark
