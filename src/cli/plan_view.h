// A plan as it is shown: each statement with its reason and what may go wrong.
#pragma once

#include "cli/console.h"
#include "tidemark/plan.h"

namespace tidemark {

struct Undecided;

enum class PlanDetail { short_sql, whole_sql };

void show_plan(Console& console, const Plan& plan, PlanDetail detail);

/// "check positive of users", "view active": what could not be decided.
std::string undecided_name(const Undecided& one);

}  // namespace tidemark
