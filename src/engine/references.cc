#include "engine/references.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "catalog/names.h"
#include "source/table_filter.h"

namespace tidemark {
namespace {

/// A part that a change makes, or makes another.
template <class Part>
struct NewPart {
  const Path& table;
  const Part& part;
  const Part* before = nullptr;
};

template <class Part>
std::vector<NewPart<Part>> new_parts(const Changes& changes, std::vector<Part> Table::*of_table) {
  std::vector<NewPart<Part>> found;
  for (const Change& change : changes) {
    if (auto* created = std::get_if<Create<Table>>(&change))
      for (const Part& part : created->object.*of_table)
        found.push_back({created->object.path, part});
    if (auto* added = std::get_if<Add<Part>>(&change)) found.push_back({added->table, added->part});
    if (auto* modified = std::get_if<Modify<Part>>(&change))
      found.push_back({modified->table, modified->after, &modified->before});
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

Error dangling(const NewPart<ForeignKey>& reference, const Document& schema) {
  const std::string& target = reference.part.target.name.text();
  auto made = schema.unexported.find(reference.part.target);
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
      .at(*reference.part.origin.range);
}

bool has_enum(const Catalog& catalog, const Path& path) {
  return std::ranges::find(catalog.enums, path, &Enum::path) != catalog.enums.end();
}

}  // namespace

void require_targets(const DiffResult& difference, const Document& schema,
                     std::span<const std::string> tables_filter) {
  std::vector<Error> errors;
  for (const auto& reference : new_parts(difference.changes, &Table::foreign_keys)) {
    const Path& target = reference.part.target;
    if (!reference.part.origin.range || schema.catalog.table(target) ||
        !is_managed(target, schema.catalog, tables_filter))
      continue;
    errors.push_back(dangling(reference, schema));
  }
  if (!errors.empty()) throw_all(std::move(errors));
}

std::vector<std::string> missing_enums(const DiffResult& difference, const Document& schema,
                                       const Catalog& before) {
  std::vector<std::string> out;
  for (const auto& [table, column, was] : new_parts(difference.changes, &Table::columns)) {
    if (column.type.schema.empty() || (was && was->type == column.type)) continue;
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
