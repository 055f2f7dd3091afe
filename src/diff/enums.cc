#include "diff/comparison.h"
#include "diff/enum_values.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

void compare_values(const Enum& before, const Enum& after, Changes& out) {
  if (before.values == after.values) return;
  EnumValuesDiff diff = enum_values_diff(before.values, after.values);
  if (!diff.only_inserted) {
    out.push_back(Alter<Enum>{before, after});
    return;
  }
  for (InsertedValue& it : diff.inserted)
    out.push_back(AddEnumValue{after.path, std::move(it.value), std::move(it.before)});
}

// An array whose enum gets another name is changed as the peer changes it; one whose enum
// moves goes along.
void follow(SqlType& type, const NewNames& names) {
  const std::string name = type.text.substr(0, type.text.find('['));
  auto found = names.find(Path{type.schema, Name(name)});
  if (found == names.end()) return;
  const Path& now = found->second;
  if (name == type.text)
    type = {now.name.text(), now.schema};
  else if (now.name == Name(name))
    type.schema = now.schema;
}

}  // namespace

void rename_enums(Comparison& c) {
  Renames decided = rename_by_path(c, RenameKind::enumeration, c.before.enums, c.after.enums);
  add_moves_and_renames<Enum>(decided, c.changes);
  NewNames names = new_names(decided);
  if (names.empty()) return;
  for (Table& table : c.before.tables)
    for (Column& column : table.columns) follow(column.type, names);
}

void compare_enums(Comparison& c) {
  ListDiff<Enum> diff = list_diff(c.before.enums, c.after.enums, &Enum::path);
  for (const Enum* it : diff.removed) c.changes.push_back(Drop<Enum>{*it});
  for (const Enum* it : diff.added) c.changes.push_back(Create<Enum>{*it});
  for (auto [before, after] : diff.matched) compare_values(*before, *after, c.changes);
}

}  // namespace tidemark
