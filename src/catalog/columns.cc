#include "catalog/columns.h"

namespace tidemark {

std::vector<Name> key_columns(const Table& table) {
  if (!table.primary_keys.empty()) return table.primary_keys.front().columns;
  std::vector<Name> names;
  for (const Column& column : table.columns)
    if (column.primary_key) names.push_back(column.name);
  return names;
}

bool fills_itself(const Column& column) {
  return column.default_value || column.generated || column.identity || is_serial(column);
}

}  // namespace tidemark
