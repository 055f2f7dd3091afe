// serial is no type but a shorthand for an integer, a sequence and a default. A
// column that becomes one, or stops being one, takes each of these in turn.
#pragma once

#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

bool is_serial(const SqlType& type);
/// The integer behind a serial; any other type as it is.
SqlType without_serial(const SqlType& type);

/// `SELECT setval(…)`: a sequence goes on where the values of a column end.
/// `sequence` is SQL that names it.
std::string continue_sequence_sql(const std::string& sequence, const Path& table,
                                  const Name& column);

/// The sequence that the server made for a serial column.
Path serial_sequence(const Path& table, const Name& column);

}  // namespace tidemark::postgres_dialect
