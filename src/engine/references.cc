#include "engine/references.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "source/table_filter.h"

namespace tidemark {
namespace {

struct NewReference {
  Path table;
  ForeignKey key;
};

std::vector<NewReference> new_references(const Changes& changes) {
  std::vector<NewReference> found;
  for (const Change& change : changes) {
    if (auto* created = std::get_if<Create<Table>>(&change))
      for (const ForeignKey& key : created->object.foreign_keys)
        found.push_back({created->object.path, key});
    if (auto* added = std::get_if<Add<ForeignKey>>(&change))
      found.push_back({added->table, added->part});
    if (auto* modified = std::get_if<Modify<ForeignKey>>(&change))
      found.push_back({modified->table, modified->after});
  }
  return found;
}

bool is_managed(const Path& target, const Catalog& catalog,
                std::span<const std::string> tables_filter) {
  auto same_schema = [&](const Table& table) { return table.path.schema == target.schema; };
  bool own =
      target.schema == "public" || std::ranges::any_of(catalog.tables, same_schema) ||
      std::ranges::find(catalog.schemas, target.schema, &Schema::name) != catalog.schemas.end();
  return own && passes_filter(target.name.text(), tables_filter);
}

Error dangling(const NewReference& reference, const Document& schema) {
  const std::string& target = reference.key.target.name.text();
  auto made = schema.unexported.find(reference.key.target);
  std::string place = made == schema.unexported.end()
                          ? ""
                          : fmt::format(" (made at {}:{}:{})", made->second.file, made->second.line,
                                        made->second.column);
  return Error(Fault::failed,
               fmt::format("table '{}' refers to table '{}', which no schema file exports",
                           reference.table.name.text(), target))
      .hint(fmt::format("Export '{0}'{1}, or add its file to \"schema\" in the configuration. If "
                        "somebody else manages it, say so: tablesFilter: ['!{0}'].",
                        target, place))
      .at(*reference.key.origin.range);
}

}  // namespace

void require_targets(const DiffResult& difference, const Document& schema,
                     std::span<const std::string> tables_filter) {
  std::vector<Error> errors;
  for (const NewReference& reference : new_references(difference.changes)) {
    const Path& target = reference.key.target;
    if (!reference.key.origin.range || schema.catalog.table(target) ||
        !is_managed(target, schema.catalog, tables_filter))
      continue;
    errors.push_back(dangling(reference, schema));
  }
  if (!errors.empty()) throw_all(std::move(errors));
}

}  // namespace tidemark
