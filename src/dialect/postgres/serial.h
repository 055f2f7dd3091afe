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

/// A command about the sequence that the server made for a serial column, after the names
/// that table and column had then; where that is not known the server looks it up.
std::string on_serial_sequence(const Script& script, const Path& table, const Name& column,
                               const std::string& command, const std::string& rest = "");

/// The sequence that a serial column gets.
Path serial_sequence(const Path& table, const Name& column);

}  // namespace tidemark::postgres_dialect
