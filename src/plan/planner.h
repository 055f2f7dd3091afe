// From changes to a plan: rendered by the dialect, put in an order that works,
// judged.
#pragma once

#include <string>
#include <vector>

#include "diff/diff.h"
#include "tidemark/catalog.h"
#include "tidemark/plan.h"

namespace tidemark {

/// The statements that turn what `diff` was made from into `after`, with their
/// findings. The dialect is that of `after.engine`.
Plan make_plan(const DiffResult& diff, const Catalog& after);

/// What the way back from `after` to `before` has to do, renames inverted. An enum that
/// gets values back is made anew: rows with them come back in the same transaction, which
/// may not use a value that it added.
DiffResult diff_back(const Catalog& before, const Catalog& after, const Renames& renames);

/// The way back. `renamed_earlier` is that of the way there.
Plan plan_back(const Catalog& before, const Catalog& after, const Renames& renames,
               std::vector<Path> renamed_earlier = {});

/// The text of the migration file, byte for byte as the peer joins statements.
std::string migration_sql(const Plan& plan, bool breakpoints);

/// The text of the file that holds the way back: the statements of `back`, after
/// a comment that names what `plan` destroys and the way back cannot bring back.
std::string way_back_sql(const Plan& plan, const Plan& back, bool breakpoints);

}  // namespace tidemark
