#include "catalog/columns.h"
#include "catalog/names.h"
#include "dialect/postgres/types.h"
#include "plan/checks/rules.h"

namespace tidemark {

namespace {

// PostgreSQL keeps the value of a constant default beside the table; one that
// differs from row to row is written into every row.
bool fills_every_row(const Column& column) {
  if (column.identity || column.generated || is_serial(column)) return true;
  if (!column.default_value) return false;
  for (const char* word : {"random", "gen_random", "uuid_generate", "clock_timestamp", "nextval",
                           "nanoid", "timeofday"})
    if (column.default_value->text.find(word) != std::string::npos) return true;
  return false;
}

bool rewrites(const Judged& it) {
  switch (it.draft.step) {
    case Step::rebuild_table:
    case Step::alter_generated:
      return true;
    case Step::recreate_enum:
      return it.draft.statement.sql.find("SET DATA TYPE") != std::string::npos;
    case Step::add_column: {
      auto* added = std::get_if<Add<Column>>(&it.change);
      return it.on_postgres() && added && fills_every_row(added->part);
    }
    case Step::set_type: {
      auto [before, after] = column_pair(it.change);
      return it.on_postgres() && before &&
             !postgres_dialect::keeps_stored_form(before->type, after->type);
    }
    default:
      return false;
  }
}

}  // namespace

void rewrites_table(const Judged& it, Statement& statement) {
  if (!rewrites(it)) return;
  const Path* table = table_of(it.change);
  add_finding(statement, Hazard::rewrites_table, "rewrite",
              table ? "every row of " + plain_name(*table) + " is written anew"
                    : "every row of the tables that use it is written anew");
}

}  // namespace tidemark
