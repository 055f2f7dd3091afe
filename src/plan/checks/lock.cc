#include "catalog/names.h"
#include "plan/checks/rules.h"

namespace tidemark {

namespace {

std::string_view lock_mode(const Judged& it) {
  switch (it.draft.step) {
    case Step::create_index:
      return it.draft.statement.in_transaction ? "SHARE" : "SHARE UPDATE EXCLUSIVE";
    case Step::add_foreign_key:
      return "SHARE ROW EXCLUSIVE";
    case Step::create_table:
    case Step::create_view:
    case Step::create_enum:
    case Step::add_enum_value:
    case Step::create_schema:
    case Step::create_role:
    case Step::create_sequence:
    case Step::alter_sequence:
      return "";
    default:
      return "ACCESS EXCLUSIVE";
  }
}

}  // namespace

void note_lock(const Judged& it, Statement& statement) {
  const Path* table = table_of(it.change);
  if (!it.on_postgres() || !table || !table_is_old(it)) return;
  std::string_view mode = lock_mode(it);
  if (mode.empty()) return;
  statement.lock = std::string(mode) + " on " + plain_name(*table);
  auto* added = std::get_if<Add<ForeignKey>>(&it.change);
  if (added && added->part.target != *table)
    statement.lock += " and " + plain_name(added->part.target);
}

}  // namespace tidemark
