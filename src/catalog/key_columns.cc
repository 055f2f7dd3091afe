#include "catalog/key_columns.h"

namespace tidemark {

std::vector<Name> key_columns(const Table& table) {
  if (!table.primary_keys.empty()) return table.primary_keys.front().columns;
  std::vector<Name> names;
  for (const Column& column : table.columns)
    if (column.primary_key) names.push_back(column.name);
  return names;
}

}  // namespace tidemark
