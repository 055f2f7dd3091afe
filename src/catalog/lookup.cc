#include <algorithm>

#include "tidemark/catalog.h"
#include "tidemark/plan.h"

namespace tidemark {

const Column* Table::column(const Name& name) const {
  auto found = std::ranges::find(columns, name, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

const Table* Catalog::table(const Path& path) const {
  auto found = std::ranges::find(tables, path, &Table::path);
  return found == tables.end() ? nullptr : &*found;
}

std::string_view hazard_name(Hazard hazard) {
  switch (hazard) {
    case Hazard::loses_data:
      return "loses_data";
    case Hazard::may_fail_on_data:
      return "may_fail_on_data";
    case Hazard::blocks_writes:
      return "blocks_writes";
    case Hazard::blocks_reads:
      return "blocks_reads";
    case Hazard::rewrites_table:
      return "rewrites_table";
    case Hazard::breaks_running_code:
      return "breaks_running_code";
    case Hazard::irreversible:
      return "irreversible";
    case Hazard::not_transactional:
      return "not_transactional";
  }
  return "";
}

}  // namespace tidemark
