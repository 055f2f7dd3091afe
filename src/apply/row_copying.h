// The statement of a rebuild that copies the rows.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"
#include "tidemark/name.h"

namespace tidemark {

/// INSERT INTO new (a, b) SELECT a, b FROM old
struct RowCopying {
  Path from = {}, to = {};
  std::vector<Name> columns = {};               // of the new table
  std::size_t columns_end = 0, values_end = 0;  // where one more can be written
};

/// Empty for any other statement.
std::optional<RowCopying> row_copying(std::string_view statement, Engine engine);

}  // namespace tidemark
