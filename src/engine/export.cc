#include "engine/export.h"

#include "base/text.h"
#include "engine/plan.h"

namespace tidemark {

std::string export_sql(Project& project, const std::string& source) {
  NoRenames nothing_before;
  Plan plan = plan_between(project, {.from = "empty", .to = source}, nothing_before);
  std::vector<std::string> statements;
  for (const Statement& statement : plan.statements) statements.emplace_back(statement.sql);
  return join(statements, "\n");
}

}  // namespace tidemark
