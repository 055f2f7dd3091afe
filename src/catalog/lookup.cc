#include <algorithm>
#include <array>

#include "tidemark/catalog.h"
#include "tidemark/plan.h"

namespace tidemark {

const Column* Table::column(const Name& name) const {
  auto found = std::ranges::find(columns, name, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

bool KeptSql::says_more() const {
  auto said = [](const std::string& text) { return !text.empty(); };
  return said(sql) || said(type) || said(key) || said(not_null) ||
         std::ranges::any_of(columns, said);
}

const Table* Catalog::table(const Path& path) const {
  auto found = std::ranges::find(tables, path, &Table::path);
  return found == tables.end() ? nullptr : &*found;
}

namespace {
// In the order of the enumeration.
constexpr std::array<std::string_view, 8> hazard_names = {
    "loses_data",     "may_fail_on_data",    "blocks_writes", "blocks_reads",
    "rewrites_table", "breaks_running_code", "irreversible",  "not_transactional"};
}  // namespace

std::string_view hazard_name(Hazard hazard) {
  return hazard_names.at(static_cast<std::size_t>(hazard));
}

std::optional<Hazard> hazard_of(std::string_view name) {
  auto found = std::ranges::find(hazard_names, name);
  if (found == hazard_names.end()) return std::nullopt;
  return static_cast<Hazard>(found - hazard_names.begin());
}

std::span<const std::string_view> all_hazard_names() { return hazard_names; }

}  // namespace tidemark
