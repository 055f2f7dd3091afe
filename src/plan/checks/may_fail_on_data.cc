#include "dialect/postgres/types.h"
#include "plan/checks/rules.h"
#include "plan/reasons.h"

namespace tidemark {

namespace {

bool fills_itself(const Column& column) {
  return column.default_value || column.generated || column.identity ||
         column.type.text.ends_with("serial");
}

// What the rows that are there have to satisfy, as the end of a sentence.
std::string_view demand(const Judged& it) {
  switch (it.draft.step) {
    case Step::set_not_null:
      return "a row holds NULL";
    case Step::add_unique:
      return "two rows are alike";
    case Step::add_primary_key:
      return "two rows are alike or one holds NULL";
    case Step::add_foreign_key:
      return "a row points at nothing";
    case Step::add_check:
      return "a row does not satisfy it";
    case Step::create_index: {
      auto* added = std::get_if<Add<Index>>(&it.change);
      auto* changed = std::get_if<Modify<Index>>(&it.change);
      bool unique = (added && added->part.unique) ||
                    (changed && changed->after.unique && !changed->before.unique);
      return unique ? "two rows are alike" : "";
    }
    case Step::add_column: {
      auto* added = std::get_if<Add<Column>>(&it.change);
      return added && added->part.not_null && !fills_itself(added->part) ? "the table has rows"
                                                                         : "";
    }
    case Step::set_type: {
      auto [before, after] = column_pair(it.change);
      bool refused = before && it.on_postgres() &&
                     postgres_dialect::may_refuse_values(before->type, after->type);
      return refused ? "a value does not fit the new type" : "";
    }
    default:
      return "";
  }
}

std::string_view code(Step step) {
  switch (step) {
    case Step::set_not_null:
      return "set_not_null";
    case Step::add_unique:
      return "add_unique";
    case Step::add_primary_key:
      return "add_primary_key";
    case Step::add_foreign_key:
      return "add_foreign_key";
    case Step::add_check:
      return "add_check";
    case Step::create_index:
      return "unique_index";
    case Step::add_column:
      return "add_not_null_column";
    default:
      return "type_refuses_values";
  }
}

}  // namespace

void may_fail_on_data(const Judged& it, Statement& statement) {
  if (auto* shrunk = std::get_if<Alter<Enum>>(&it.change);
      shrunk && it.draft.step == Step::recreate_enum &&
      statement.sql.find(" USING ") != std::string::npos)
    add_finding(statement, Hazard::may_fail_on_data, "enum_loses_values",
                "fails if a row holds a value that enum " + plain_name(shrunk->after.path) +
                    " no longer has");
  if (!table_is_old(it)) return;
  if (std::string_view if_so = demand(it); !if_so.empty())
    add_finding(statement, Hazard::may_fail_on_data, code(it.draft.step),
                "fails if " + std::string(if_so) + ": " + reason(it.change));
}

}  // namespace tidemark
