#include "engine/plan.h"

#include "diff/diff.h"
#include "engine/database.h"
#include "engine/earlier_renames.h"
#include "engine/references.h"
#include "plan/planner.h"
#include "source/source.h"

namespace tidemark {

namespace {
Plan between(Project& project, const PlanOptions& options, RenameResolver& renames) {
  Source from = parse_source(options.from, project.cwd());
  Source to = parse_source(options.to, project.cwd());
  Engine engine = engine_of(project, {&from, &to});

  SourceContent before = read_source(project, from, engine);
  SourceContent after = read_source(project, to, engine);
  settle_sources(before, after);

  DiffResult difference = diff(before.document.catalog, after.document.catalog, renames);
  renames.finish();
  if (project.is_configured())
    require_targets(difference, after.document, project.config().tables_filter);
  if (from.kind == Source::Kind::folder)
    difference.renamed_earlier =
        renamed_earlier(open_folder(project.out(), engine), before.document.catalog, difference);
  return make_plan(difference, after.document.catalog);
}
}  // namespace

Plan plan_between(Project& project, const PlanOptions& options, RenameResolver& renames) {
  return on_database([&] { return between(project, options, renames); });
}

std::string sql_of(const Plan& plan, bool breakpoints) { return migration_sql(plan, breakpoints); }

}  // namespace tidemark
