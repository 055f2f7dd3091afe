#include "diff/rename_objects.h"

namespace tidemark {

Renames decide(Comparison& c, const RenameGroup& group) {
  if (group.created.empty() && group.deleted.empty()) return {};
  Renames decided = c.resolver.resolve(group);
  c.renames.insert(c.renames.end(), decided.begin(), decided.end());
  return decided;
}

NewNames new_names(const Renames& renames) {
  NewNames names;
  for (const RenameDecision& it : renames) names.emplace(it.before, it.after);
  return names;
}

}  // namespace tidemark
