#include "engine/measured_impact.h"

#include <fmt/format.h>

#include "base/text.h"
#include "engine/migration_step.h"

namespace tidemark {

MeasuredImpact measure(Connection& database, Impact impact) {
  MeasuredImpact measured{std::move(impact), {}};
  try {
    Rows rows = database.query(measured.impact.count_sql);
    measured.count = std::stoull(rows.rows.at(0).at(0).value_or("0"));
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    // Columns that are new, a table that has another name until then, no right to read.
  }
  return measured;
}

std::vector<MeasuredImpact> measured_impacts(const Folder& folder, const MigrationFile& file,
                                             Connection& database) {
  std::optional<MigrationStep> step = step_of(folder, file);
  if (!step) return {};
  KnownRenames renames(step->renames);
  std::vector<MeasuredImpact> out;
  for (Impact& impact : impacts(diff(step->before, step->after, renames), step->after)) {
    MeasuredImpact measured = measure(database, std::move(impact));
    if (measured.count != 0) out.push_back(std::move(measured));
  }
  return out;
}

std::string impact_text(const MeasuredImpact& measured) {
  const Impact& it = measured.impact;
  if (!measured.count) return fmt::format("{} {}s {}", it.verb, it.noun, it.where);
  return fmt::format("{} {} {}", it.verb, counted(*measured.count, it.noun), it.where);
}

}  // namespace tidemark
