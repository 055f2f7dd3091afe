#include "diff/diff.h"

#include "catalog/enum_schemas.h"
#include "diff/comparison.h"

namespace tidemark {

DiffResult diff(const Catalog& before, const Catalog& after, RenameResolver& resolver) {
  return diff(before, after, resolver, {});
}

DiffResult diff(const Catalog& before, const Catalog& as_given, RenameResolver& resolver,
                const Adjust& adjust) {
  DiffResult result{
      .changes = {}, .renames = {}, .renamed = with_enum_schemas(before).value_or(before)};
  std::optional<Catalog> filled = with_enum_schemas(as_given);
  const Catalog& after = filled ? *filled : as_given;
  Comparison c{result.renamed, after, resolver, result.changes, result.renames};

  rename_schemas(c);
  rename_enums(c);
  rename_sequences(c);
  rename_roles(c);
  rename_tables(c);
  rename_columns(c);
  rename_policies(c);
  rename_linked_policies(c);
  rename_views(c);
  resolver.finish();
  if (adjust) {
    adjust(result.renamed, result.renames);
    if (std::optional<Catalog> again = with_enum_schemas(result.renamed)) result.renamed = *again;
  }

  compare_schemas(c);
  compare_enums(c);
  compare_sequences(c);
  compare_roles(c);
  compare_tables(c);
  compare_linked_policies(c);
  compare_views(c);
  return result;
}

}  // namespace tidemark
