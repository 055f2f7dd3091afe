#include "engine/without_values.h"

#include <algorithm>

#include "apply/image_object.h"
#include "apply/kept_rows.h"
#include "apply/table_facts.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"
#include "engine/blocks.h"

namespace tidemark {
namespace {

using ColumnPath = std::pair<Path, Name>;

bool is_renamed(const Renames& renames, const ColumnPath& column) {
  return std::ranges::any_of(renames, [&](const RenameDecision& it) {
    return it.kind == RenameKind::column && it.table.name == column.first.name &&
           it.before.name == column.second;
  });
}

std::vector<ColumnPath> dropped_by(const ImageChanges& recorded) {
  std::vector<ColumnPath> out;
  for (const auto& [object, change] : recorded) {
    ImageObject it(object);
    bool generated = change.before && change.before->find(" GENERATED ") != std::string::npos;
    if (it.is("column", 3) && change.before && !change.after && !generated)
      out.emplace_back(it.path(), it.names[2]);
  }
  return out;
}

std::vector<ColumnPath> dropped_by(const MigrationStep& step) {
  std::vector<ColumnPath> out;
  for (const Table& before : step.before.tables) {
    const Table* after = step.after.table(before.path);
    if (!after) continue;
    for (const Column& column : before.columns)
      if (!column.generated && !after->column(column.name))
        out.emplace_back(before.path, column.name);
  }
  return out;
}

bool is_kept(const std::vector<KeptRows>& kept, const ColumnPath& column) {
  return std::ranges::any_of(kept, [&](const KeptRows& it) {
    return it.column_before == column.second && it.table_before.name == column.first.name;
  });
}

/// Whether it is a table with rows that has no such column.
bool has_rows_without(Connection& database, const ColumnPath& column) {
  std::optional<TableFacts> facts = read_table(database, column.first);
  return facts && !facts->column(column.second) &&
         !database.query(standard_sql("SELECT 1 FROM ", column.first, " LIMIT 1")).rows.empty();
}

}  // namespace

std::vector<std::string> columns_without_values(const MigrationFile& file,
                                                const std::optional<ImageChanges>& recorded,
                                                const MigrationStep* step, Target& target) {
  Connection& database = *target.connection;
  bool by_record = recorded && database.engine() == Engine::postgresql;
  std::vector<ColumnPath> dropped;
  if (by_record)
    dropped = dropped_by(*recorded);
  else if (step)
    dropped = dropped_by(*step);
  if (dropped.empty()) return {};
  Renames renames = renames_in(file, database.engine());
  if (by_record) std::ranges::copy(block_renames(file, *recorded), std::back_inserter(renames));
  KeptTable list(HistoryTable(database.engine(), target.history), database.engine());
  const std::vector<KeptRows> kept = list.read(database, file.tag);
  std::vector<std::string> out;
  for (const ColumnPath& column : dropped)
    if (!is_renamed(renames, column) && !is_kept(kept, column) &&
        has_rows_without(database, column))
      out.push_back(plain_name(column.first, column.second));
  return out;
}

}  // namespace tidemark
