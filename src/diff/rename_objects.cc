#include "diff/rename_objects.h"

#include <algorithm>
#include <string>

namespace tidemark {

namespace {

bool has(const Renames& renames, Path RenameDecision::*side, const Path& path) {
  return std::ranges::find(renames, path, side) != renames.end();
}

/// A name that something takes over must be given away.
void require_distinct(const RenameGroup& group, const Renames& decided) {
  for (const RenameDecision& it : decided) {
    bool taken = std::ranges::find(group.kept, it.after) != group.kept.end();
    if (!taken || has(decided, &RenameDecision::before, it.after)) continue;
    std::string kind(rename_kind_name(group.kind));
    std::string name = qualified_name(group, it.after);
    throw Error(Fault::usage, kind + " " + qualified_name(group, it.before) + " cannot become " +
                                  name + ", which is there already")
        .hint("say what " + name + " became, with --rename " + kind + ":" + name +
              "=…, or drop it in a migration of its own");
  }
}

}  // namespace

Renames decide(Comparison& c, const RenameGroup& group) {
  if (group.created.empty() && group.deleted.empty() && group.kept.size() < 2) return {};
  Renames decided = c.resolver.resolve(group);
  require_distinct(group, decided);
  c.renames.insert(c.renames.end(), decided.begin(), decided.end());
  return decided;
}

std::vector<RenameStep> in_steps(std::vector<RenameStep> waiting) {
  std::vector<RenameStep> steps;
  int circles = 0;
  while (!waiting.empty()) {
    auto free = std::ranges::find_if(waiting, [&](const RenameStep& it) {
      return std::ranges::find(waiting, it.after, &RenameStep::before) == waiting.end();
    });
    if (free != waiting.end()) {
      steps.push_back(*free);
      waiting.erase(free);
      continue;
    }
    RenameStep& first = waiting.front();
    Path temporary = {first.before.schema, Name("__tidemark_renamed_" + std::to_string(++circles))};
    steps.push_back({first.before, temporary});
    first.before = temporary;
  }
  return steps;
}

NewNames new_names(const Renames& renames) {
  NewNames names;
  for (const RenameDecision& it : renames) names.emplace(it.before, it.after);
  return names;
}

}  // namespace tidemark
