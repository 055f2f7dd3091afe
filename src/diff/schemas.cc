#include "diff/comparison.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

// Everything that lives in a renamed schema moves with it, also in what speaks of
// it by path. Foreign keys are left alone: the peer takes their targets at their
// word and re-creates them.
void rename_schema_in(Catalog& catalog, const Name& before, const Name& after) {
  auto rename = [&](Name& schema) {
    if (schema == before) schema = after;
  };
  for (Table& table : catalog.tables) {
    rename(table.path.schema);
    for (Column& column : table.columns) {
      rename(column.type.schema);
      if (column.identity) rename(column.identity->sequence.schema);
    }
  }
  for (Enum& it : catalog.enums) rename(it.path.schema);
  for (Sequence& it : catalog.sequences) rename(it.path.schema);
  for (View& it : catalog.views) rename(it.path.schema);
  for (Policy& it : catalog.policies) rename(it.on.schema);
}

}  // namespace

void rename_schemas(Comparison& c) {
  for (const RenameDecision& it :
       rename_by_name(c, RenameKind::schema, c.before.schemas, c.after.schemas)) {
    rename_schema_in(c.before, it.before.name, it.after.name);
    c.changes.push_back(Rename<Schema>{it.before, it.after});
  }
}

void compare_schemas(Comparison& c) {
  ListDiff<Schema> diff = list_diff(c.before.schemas, c.after.schemas, &Schema::name);
  for (const Schema* schema : diff.added) c.changes.push_back(Create<Schema>{*schema});
  for (const Schema* schema : diff.removed) c.changes.push_back(Drop<Schema>{*schema});
}

}  // namespace tidemark
