#include "dialect/postgres/script.h"

#include <algorithm>

#include "dialect/mentions.h"
#include "dialect/postgres/types.h"

namespace tidemark::postgres_dialect {

namespace {

const Enum* enum_of(const Catalog& catalog, const SqlType& type) {
  if (type.schema.empty()) return nullptr;
  auto found = std::ranges::find(catalog.enums, enum_path(type), &Enum::path);
  return found == catalog.enums.end() ? nullptr : &*found;
}

}  // namespace

Script::Script(const RenderInput& given) : input(given), changes(given.changes) {
  for (const Table& table : given.before.tables) before_.emplace(table.path, &table);
  for (const Table& table : given.after.tables) {
    after_.emplace(table.path, &table);
    const Table* before = table_before(table.path);
    if (before && before->row_level_security != table.row_level_security)
      declares_row_security_anew = true;
  }
}

Added Script::add(Step step, Rank rank, std::string text, int order) {
  constexpr int orders_per_rank = 1 << 20;
  drafts_.push_back({.statement = {.sql = std::move(text)},
                     .step = step,
                     .rank = static_cast<int>(rank) * orders_per_rank + order,
                     .change = change});
  return Added(drafts_.back());
}

const Table* Script::find(const Tables& tables, const Path& path) {
  auto found = tables.find(path);
  return found == tables.end() ? nullptr : found->second;
}

const Enum* Script::enum_before(const SqlType& type) const { return enum_of(input.before, type); }
const Enum* Script::enum_after(const SqlType& type) const { return enum_of(input.after, type); }

Path Script::enum_now(const SqlType& type) const {
  Path path = enum_path(type);
  for (const auto& rename : changes.all<Rename<Enum>>())
    if (rename.before == path) path = rename.after;
  return path;
}

Path Script::old_path(const Path& table) const {
  Path path = table;
  for (const auto& rename : changes.all<Rename<Table>>() | std::views::reverse)
    if (rename.after == path) path = rename.before;
  return path;
}

Name Script::old_name(const Path& table, const Name& column) const {
  Name name = column;
  for (const auto& rename : changes.all<RenamePart<Column>>() | std::views::reverse)
    if (rename.table == table && rename.after == name) name = rename.before;
  return name;
}

Path Script::new_path(const Path& table) const {
  if (table_before(table)) return table;  // names that were passed on are followed already
  Path path = table;
  for (const Change& it : input.changes) {
    auto* schema = std::get_if<Rename<Schema>>(&it);
    if (schema && schema->before.name == path.schema) path.schema = schema->after.name;
    if (auto* move = std::get_if<Move<Table>>(&it); move && move->before == path)
      path = move->after;
    if (auto* rename = std::get_if<Rename<Table>>(&it); rename && rename->before == path)
      path = rename->after;
  }
  return path;
}

Name Script::new_name(const Path& table, const Name& column) const {
  if (const Table* before = table_before(table); before && before->column(column)) return column;
  Name name = column;
  for (const auto& rename : changes.all<RenamePart<Column>>())
    if (rename.table == table && rename.before == name) name = rename.after;
  return name;
}

bool Script::mentioned(const std::string& expression, const Path& table, const Name& column) const {
  Mentions used(expression);
  return used.of(column) || std::ranges::any_of(input.changes, [&](const Change& it) {
           auto* rename = std::get_if<RenamePart<Column>>(&it);
           return rename && rename->table == table && rename->after == column &&
                  used.of(rename->before);
         });
}

bool Script::renamed_earlier(const Path& table) const {
  // A way back knows a table by its new path alone.
  auto known = [&](const Path& path) {
    return std::ranges::find(input.renamed_earlier, path.name, &Path::name) !=
           input.renamed_earlier.end();
  };
  // Nor does it know which of two tables that passed a name on had it first.
  const Path old = old_path(table);
  auto takes_its_name = [&](const auto& rename) { return rename.after.name == old.name; };
  return known(table) || known(old) ||
         (input.is_way_back && std::ranges::any_of(changes.all<Rename<Table>>(), takes_its_name));
}

int Script::position(const Path& table) const {
  const Table* found = table_before(table);
  return found ? static_cast<int>(found - input.before.tables.data()) : 0;
}

}  // namespace tidemark::postgres_dialect
