#include "plan/planner.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "catalog/enum_schemas.h"
#include "dialect/dialect.h"
#include "plan/checks/rules.h"
#include "plan/order.h"
#include "plan/reasons.h"

namespace tidemark {

namespace {

// Two changes may ask for one thing: a view that stands in the way of two columns
// is dropped once and made once. What is written for itself alone may be written
// once; what only counts between others (PRAGMA, parts of a rebuild) stays.
void remove_repeated(std::vector<Draft>& drafts) {
  std::set<std::string> seen;
  std::erase_if(drafts, [&](const Draft& draft) {
    if (draft.step == Step::set_pragma || draft.group != 0) return false;
    return !seen.insert(draft.statement.sql).second;
  });
}

void make_grown_enums_anew(DiffResult& back, const Catalog& target) {
  std::set<Path> made;
  Changes changes;
  for (Change& change : back.changes) {
    const auto* added = std::get_if<AddEnumValue>(&change);
    if (!added)
      changes.push_back(std::move(change));
    else if (made.insert(added->path).second)
      changes.push_back(
          Alter<Enum>{*std::ranges::find(back.renamed.enums, added->path, &Enum::path),
                      *std::ranges::find(target.enums, added->path, &Enum::path)});
  }
  back.changes = std::move(changes);
}

/// Each change once: one that is changed twice has two halves.
std::string reasons(const Draft& draft, const Changes& changes) {
  std::string out = reason(changes.at(draft.change));
  std::set<std::size_t> told = {draft.change};
  for (std::size_t other : draft.others)
    if (told.insert(other).second) out += ", " + reason(changes.at(other));
  return out;
}

}  // namespace

Plan make_plan(const DiffResult& diff, const Catalog& as_given) {
  std::optional<Catalog> filled = with_enum_schemas(as_given);
  const Catalog& after = filled ? *filled : as_given;
  const RenderInput input = {diff.renamed, after, diff.changes, diff.renamed_earlier,
                             diff.is_way_back};
  std::vector<Draft> drafts = in_order(dialect_of(after.engine).render(input));
  remove_repeated(drafts);

  Plan plan;
  for (Draft& draft : drafts) {
    const Change& change = diff.changes.at(draft.change);
    Statement statement = draft.statement;
    statement.why = reasons(draft, diff.changes);
    statement.origin = origin(change);
    judge({draft, change, diff.renamed, after}, statement);
    plan.statements.push_back(std::move(statement));
  }
  return plan;
}

DiffResult diff_back(const Catalog& before, const Catalog& after, const Renames& renames) {
  KnownRenames known(inverted(renames));
  DiffResult back = diff(after, before, known);
  back.is_way_back = true;
  make_grown_enums_anew(back, before);
  return back;
}

Plan plan_back(const Catalog& before, const Catalog& after, const Renames& renames,
               std::vector<Path> renamed_earlier) {
  DiffResult back = diff_back(before, after, renames);
  back.renamed_earlier = std::move(renamed_earlier);
  return make_plan(back, before);
}

std::string migration_sql(const Plan& plan, bool breakpoints) {
  std::string text;
  for (const Statement& it : plan.statements) {
    if (!text.empty()) text += breakpoints ? "--> statement-breakpoint\n" : "\n";
    text += it.sql;
  }
  return text;
}

std::string way_back_sql(const Plan& plan, const Plan& back, bool breakpoints) {
  std::string text;
  for (const Statement& it : plan.statements)
    for (const Finding& finding : it.findings)
      if (finding.hazard == Hazard::loses_data || finding.hazard == Hazard::irreversible)
        text += "-- lost, unless `tidemark migrate` keeps it: " +
                replace_all(finding.message, "\n", " ") + "\n";
  return text + migration_sql(back, breakpoints);
}

}  // namespace tidemark
