// What is asked of a table's columns in more than one place.
#pragma once

#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// The columns of the primary key, whether it is written at the table or at columns; empty
/// when there is none.
std::vector<Name> key_columns(const Table& table);

/// `smallserial`, `serial`, `bigserial`: numbered by a sequence that is made with the column.
inline bool is_serial(const Column& column) { return column.type.text.ends_with("serial"); }

/// A row that gives the column no value gets one from the database.
bool fills_itself(const Column& column);

}  // namespace tidemark
