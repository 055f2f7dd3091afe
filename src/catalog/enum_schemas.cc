#include "catalog/enum_schemas.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace tidemark {

namespace {

class PublicEnums {
 public:
  explicit PublicEnums(const Catalog& catalog) {
    for (const Enum& it : catalog.enums)
      if (it.path.schema == Name("public")) names_.insert(it.path.name.text());
  }

  /// Whether the type is one of them, or an array of one, and does not say so.
  bool has(const SqlType& type) const {
    return !names_.empty() && type.schema.empty() &&
           names_.contains(std::string_view(type.text).substr(0, type.text.find('[')));
  }

 private:
  std::unordered_set<std::string_view> names_;
};

}  // namespace

std::optional<Catalog> with_enum_schemas(const Catalog& catalog) {
  PublicEnums enums(catalog);
  auto lacks = [&](const Column& column) { return enums.has(column.type); };
  bool complete = std::ranges::none_of(catalog.tables, [&](const Table& table) {
    return std::ranges::any_of(table.columns, lacks);
  });
  if (complete) return {};

  Catalog filled = catalog;
  for (Table& table : filled.tables)
    for (Column& column : table.columns)
      if (lacks(column)) column.type.schema = "public";
  return filled;
}

}  // namespace tidemark
