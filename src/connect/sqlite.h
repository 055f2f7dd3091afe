#pragma once

#include <memory>
#include <string>

#include "connect/connection.h"
#include "connect/database_url.h"

namespace tidemark {

enum class SqliteUse : std::uint8_t {
  create,  // the file may be missing
  write,
  read,  // nothing is written to the file
  look,  // nothing can be changed through it, in this file or any other
};

/// A SQLite database in a file or in memory. Foreign keys are enforced and
/// double-quoted strings refused, as with the drivers of JavaScript.
std::unique_ptr<Connection> open_sqlite(const DatabaseUrl& url, SqliteUse use);

/// The name of an extended result code, as SQLite's documentation writes it.
std::string sqlite_code_name(int code);

}  // namespace tidemark
