// What a catalog names and does not hold: tables of a schema that was not looked at,
// their schemas, enums. The file declares these too, but does not export them, so that
// they are nobody's to create.
#pragma once

#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::schema_text {

struct Outside {
  std::vector<Schema> schemas = {};
  std::vector<Enum> enums = {};
  std::vector<Table> tables = {};  // with the columns that are named

  bool empty() const { return schemas.empty() && enums.empty() && tables.empty(); }
};

Outside outside_of(const Catalog& catalog);

}  // namespace tidemark::schema_text
