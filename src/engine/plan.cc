#include "engine/plan.h"

#include "diff/diff.h"
#include "plan/planner.h"
#include "source/source.h"

namespace tidemark {

Plan plan_between(Project& project, const PlanOptions& options, RenameResolver& renames) {
  Source from = parse_source(options.from, project.cwd());
  Source to = parse_source(options.to, project.cwd());
  Engine engine = engine_of(project, {&from, &to});

  Catalog before = read_source(project, from, engine);
  Catalog after = read_source(project, to, engine);

  DiffResult difference = diff(before, after, renames);
  renames.finish();
  return make_plan(difference, after);
}

std::string sql_of(const Plan& plan, bool breakpoints) { return migration_sql(plan, breakpoints); }

}  // namespace tidemark
