#pragma once

#include <memory>
#include <string>

#include "connect/connection.h"
#include "connect/database_url.h"

namespace tidemark {

/// A SQLite database in a file or in memory. Foreign keys are enforced and
/// double-quoted strings refused, as with the drivers of JavaScript.
std::unique_ptr<Connection> open_sqlite(const DatabaseUrl& url, bool create);

/// The name of an extended result code, as SQLite's documentation writes it.
std::string sqlite_code_name(int code);

}  // namespace tidemark
