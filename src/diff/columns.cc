#include "diff/comparison.h"
#include "diff/passed_names.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

// `timestamp (3)` and `timestamp(3)` are one type: how it is written depends on
// the mode in which the program reads it.
std::string normal_type(const std::string& text) {
  std::size_t space = text.find(" (");
  return space == std::string::npos ? text : text.substr(0, space) + text.substr(space + 1);
}

// Snapshots of old versions do not say in which schema an enum is.
bool same_type(const SqlType& before, const SqlType& after) {
  bool schemas_agree =
      before.schema == after.schema || before.schema.empty() || after.schema.empty();
  return schemas_agree && normal_type(before.text) == normal_type(after.text);
}

bool same_column(const Column& before, const Column& after) {
  if (before == after) return true;
  Column retyped = before;
  if (same_type(before.type, after.type)) retyped.type = after.type;
  return retyped == after;
}

}  // namespace

void rename_columns(Comparison& c) {
  for (auto [before, after] : tables_of_both(c)) {
    Renames decided =
        rename_by_name(c, RenameKind::column, before->columns, after->columns, after->path);
    pass_on_columns(c, *before, *after, passed_on(decided, after->columns, &Column::name));
    std::vector<RenameStep> renames;
    for (const RenameDecision& it : decided) renames.push_back({it.before, it.after});
    for (const RenameStep& it : in_steps(std::move(renames)))
      c.changes.push_back(RenamePart<Column>{after->path, it.before.name, it.after.name});
  }
}

void compare_columns(const Table& before, const Table& after, Changes& out) {
  ListDiff<Column> diff = list_diff(before.columns, after.columns, &Column::name);
  for (const Column* column : diff.removed) out.push_back(Remove<Column>{after.path, *column});
  for (const Column* column : diff.added) out.push_back(Add<Column>{after.path, *column});
  for (auto [old, now] : diff.matched)
    if (!same_column(*old, *now)) out.push_back(Modify<Column>{after.path, *old, *now});
}

}  // namespace tidemark
