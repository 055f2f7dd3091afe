#include "studio/step_diagram.h"

#include <algorithm>
#include <set>

#include "studio/tables.h"

namespace tidemark::studio {
namespace {

json::object column_json(const Table& table, const Column& column) {
  bool key = column.primary_key || std::ranges::any_of(table.primary_keys, [&](const auto& one) {
               return std::ranges::find(one.columns, column.name) != one.columns.end();
             });
  return {{"name", column.name.text()}, {"type", column.type.text}, {"key", key}};
}

/// Snapshots leave the schema of a target out where it is the default one.
Path target_of(const Catalog& catalog, const ForeignKey& key) {
  if (catalog.table(key.target) || !key.target.schema.empty()) return key.target;
  return {Name("public"), key.target.name};
}

class Comparison {
 public:
  explicit Comparison(const MigrationStep& step) : step_(step) {}

  json::object diagram() {
    for (const Table& table : step_.after.tables) add_table(table);
    for (const Table& table : step_.before.tables)
      if (!carried_on_.contains(table.path)) add_removed(table);
    return {{"tables", std::move(tables_)}, {"keys", std::move(keys_)}};
  }

 private:
  Path old_path(const Table& table) const {
    for (const RenameDecision& one : step_.renames)
      if (one.kind == RenameKind::table && one.after == table.path) return one.before;
    return table.path;
  }

  Name old_name(const Table& table, const Column& column) const {
    for (const RenameDecision& one : step_.renames)
      if (one.kind == RenameKind::column && one.table == table.path &&
          one.after.name == column.name)
        return one.before.name;
    return column.name;
  }

  void add_table(const Table& table) {
    const Table* old = step_.before.table(old_path(table));
    json::object out = path_json(table.path);
    if (!old) out["mark"] = "added";
    if (old && old->path != table.path) out["was"] = old->path.name.text();
    json::array columns = old ? columns_of(table, *old) : columns_of(table);
    if (old && !(*old == table)) out["mark"] = "changed";
    if (old) carried_on_.insert(old->path);
    out["columns"] = std::move(columns);
    tables_.push_back(std::move(out));
    add_keys(table, old);
  }

  void add_removed(const Table& table) {
    json::object out = path_json(table.path);
    out["mark"] = "removed";
    out["columns"] = columns_of(table);
    tables_.push_back(std::move(out));
    for (const ForeignKey& key : table.foreign_keys) add_key(step_.before, table, key, "removed");
  }

  static json::array columns_of(const Table& table) {
    json::array out;
    for (const Column& column : table.columns) out.push_back(column_json(table, column));
    return out;
  }

  json::array columns_of(const Table& table, const Table& old) const {
    json::array out;
    std::set<std::string> carried_on;
    for (const Column& column : table.columns) {
      json::object one = column_json(table, column);
      const Column* before = old.column(old_name(table, column));
      if (!before) one["mark"] = "added";
      if (before && !(*before == column)) one["mark"] = "changed";
      if (before && before->name != column.name) one["was"] = before->name.text();
      if (before) carried_on.insert(before->name.text());
      out.push_back(std::move(one));
    }
    for (const Column& column : old.columns) {
      if (carried_on.contains(column.name.text())) continue;
      json::object one = column_json(old, column);
      one["mark"] = "removed";
      out.push_back(std::move(one));
    }
    return out;
  }

  void add_keys(const Table& table, const Table* old) {
    auto has = [](const Table& owner, const ForeignKey& key) {
      return std::ranges::find(owner.foreign_keys, key) != owner.foreign_keys.end();
    };
    for (const ForeignKey& key : table.foreign_keys)
      add_key(step_.after, table, key, old && has(*old, key) ? "" : "added");
    if (!old) return;
    for (const ForeignKey& key : old->foreign_keys)
      if (!has(table, key)) add_key(step_.before, table, key, "removed");
  }

  void add_key(const Catalog& catalog, const Table& table, const ForeignKey& key,
               std::string_view mark) {
    json::object out = key_json(table.path, key, target_of(catalog, key));
    if (!mark.empty()) out["mark"] = mark;
    keys_.push_back(std::move(out));
  }

  const MigrationStep& step_;
  json::array tables_, keys_;
  std::set<Path> carried_on_;  // by their old paths
};

}  // namespace

json::object step_diagram(const MigrationStep& step) { return Comparison(step).diagram(); }

}  // namespace tidemark::studio
