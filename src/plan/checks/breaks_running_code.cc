#include "catalog/columns.h"
#include "plan/checks/rules.h"
#include "plan/reasons.h"

namespace tidemark {

namespace {

std::string_view what_breaks(Step step) {
  switch (step) {
    case Step::rename_table:
    case Step::rename_column:
    case Step::rename_view:
    case Step::rename_schema:
    case Step::move_table:
    case Step::move_view:
      return "programs that use the old name fail until they are replaced";
    case Step::drop_table:
    case Step::drop_column:
    case Step::drop_schema:
      return "programs that still use it fail";
    case Step::set_not_null:
      return "programs that still write NULL fail";
    default:
      return "";
  }
}

bool old_inserts_fail(const Judged& it) {
  auto* added = std::get_if<Add<Column>>(&it.change);
  if (!added || it.draft.step != Step::add_column) return false;
  const Column& column = added->part;
  return column.not_null && !fills_itself(column);
}

}  // namespace

void breaks_running_code(const Judged& it, Statement& statement) {
  std::string_view breaks = what_breaks(it.draft.step);
  if (old_inserts_fail(it)) breaks = "programs that do not know the column cannot insert rows";
  if (!breaks.empty())
    add_finding(statement, Hazard::breaks_running_code, "breaks_code",
                std::string(breaks) + ": " + reason(it.change));
}

}  // namespace tidemark
