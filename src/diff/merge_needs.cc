#include "diff/merge_needs.h"

#include <algorithm>

#include "catalog/names.h"

namespace tidemark {
namespace {

class Needs {
 public:
  Needs(const Catalog& merged, const Catalog& ours) : merged_(merged), ours_(ours) {}

  std::vector<MergeConflict> find() {
    for (const Table& table : merged_.tables) look_at(table);
    return std::move(found_);
  }

 private:
  static bool has_column(const Catalog& catalog, const Path& path, const Name& column) {
    const Table* table = catalog.table(path);
    return table && table->column(column);
  }

  /// Only what ours has: what nobody has is nobody's merge (a table left out by a filter).
  void need_column(const std::string& object, const Path& table, const Name& column) {
    if (!has_column(ours_, table, column) || has_column(merged_, table, column)) return;
    found_.push_back(
        {object, "needs column " + plain_name(table, column), "drops or renames that"});
  }

  void look_at(const Table& table) {
    std::string start = plain_name(table.path) + ".";
    for (const ForeignKey& key : table.foreign_keys) {
      std::string object = "foreign key " + start + key.name.text();
      for (const Name& column : key.columns) need_column(object, table.path, column);
      for (const Name& column : key.target_columns) need_column(object, key.target, column);
    }
    for (const Index& index : table.indexes)
      for (const IndexColumn& column : index.columns)
        if (!column.is_expression)
          need_column("index " + start + index.name.text(), table.path,
                      Name(std::string_view(column.text)));
    for (const PrimaryKey& key : table.primary_keys)
      for (const Name& column : key.columns)
        need_column("primary key " + start + key.name.text(), table.path, column);
    for (const Unique& unique : table.uniques)
      for (const Name& column : unique.columns)
        need_column("unique constraint " + start + unique.name.text(), table.path, column);
    for (const Column& column : table.columns) need_type(start, column);
  }

  static bool has_enum(const Catalog& catalog, const Path& path) {
    return std::ranges::find(catalog.enums, path, &Enum::path) != catalog.enums.end();
  }
  void need_type(const std::string& start, const Column& column) {
    if (column.type.schema.empty()) return;
    std::string name = column.type.text.substr(0, column.type.text.find('['));
    Path path{column.type.schema, Name(name)};
    if (has_enum(ours_, path) && !has_enum(merged_, path))
      found_.push_back({"column " + start + column.name.text(), "needs enum " + plain_name(path),
                        "drops or renames that"});
  }

  const Catalog& merged_;
  const Catalog& ours_;
  std::vector<MergeConflict> found_ = {};
};

}  // namespace

std::vector<MergeConflict> torn_apart(const Catalog& merged, const Catalog& ours) {
  return Needs(merged, ours).find();
}

}  // namespace tidemark
