#pragma once

#include <memory>

#include "connect/connection.h"
#include "connect/database_url.h"

namespace tidemark {

/// A libSQL server (Turso) over HTTP. Throws Error(failed) when there is none, or when
/// it refuses the token.
std::unique_ptr<Connection> open_libsql(const DatabaseUrl& url);

}  // namespace tidemark
