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

/// A SQLite database in a file or in memory. Foreign keys are enforced. A statement's own
/// strings in double quotes are refused, as with the drivers of JavaScript; those that the
/// schema holds are read as SQLite reads them.
std::unique_ptr<Connection> open_sqlite(const DatabaseUrl& url, SqliteUse use,
                                        bool patient = false);

/// Of a statement, in lower case: what it does.
std::string first_word(std::string_view sql);

/// The name of an extended result code, as SQLite's documentation writes it.
std::string sqlite_code_name(int code);

}  // namespace tidemark
