#pragma once

#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// The columns of the primary key, whether it is written at the table or at columns; empty
/// when there is none.
std::vector<Name> key_columns(const Table& table);

}  // namespace tidemark
