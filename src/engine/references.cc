#include "engine/references.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "catalog/names.h"
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

struct NewColumn {
  const Path& table;
  const Column& column;
};

std::vector<NewColumn> newly_typed_columns(const Changes& changes) {
  std::vector<NewColumn> found;
  for (const Change& change : changes) {
    if (auto* created = std::get_if<Create<Table>>(&change))
      for (const Column& column : created->object.columns)
        found.push_back({created->object.path, column});
    if (auto* added = std::get_if<Add<Column>>(&change))
      found.push_back({added->table, added->part});
    if (auto* modified = std::get_if<Modify<Column>>(&change))
      if (modified->before.type != modified->after.type)
        found.push_back({modified->table, modified->after});
  }
  return found;
}

bool has_enum(const Catalog& catalog, const Path& path) {
  return std::ranges::find(catalog.enums, path, &Enum::path) != catalog.enums.end();
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

std::vector<std::string> missing_enums(const DiffResult& difference, const Document& schema,
                                       const Catalog& before) {
  std::vector<std::string> out;
  for (const auto& [table, column] : newly_typed_columns(difference.changes)) {
    if (column.type.schema.empty()) continue;
    std::string name = column.type.text.substr(0, column.type.text.find('['));
    Path path{column.type.schema, Name(name)};
    if (has_enum(schema.catalog, path) || has_enum(before, path)) continue;
    out.push_back(fmt::format(
        "{} is of the enum '{}', which no schema file exports: the migration fails unless the "
        "type is there already. Export the pgEnum to have it created.",
        plain_name(table, column.name), plain_name(path)));
  }
  return out;
}

}  // namespace tidemark
