#include "seed/checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "dialect/mentions.h"
#include "seed/limits.h"

namespace tidemark::seed {
namespace {

constexpr std::size_t most_remedies = 12;  // of a check: what helps one may break another

/// Of the table, those that a check speaks of.
std::vector<std::string> columns_of_check(const Table& table, const Check& check) {
  std::vector<std::string> out;
  Mentions mentioned(check.expression);
  for (const Column& column : table.columns)
    if (mentioned.of(column.name)) out.push_back(column.name.text());
  return out;
}

/// PostgreSQL names the check, and the table unless it is a domain's; SQLite says the check's
/// name, or else what it is.
bool is_refused(const DatabaseError& error, const Table& table, const Check& check) {
  if (error.code == "23514")
    return error.constraint == check.name.text() &&
           (error.table.empty() || error.table == table.path.name.text());
  return error.message.ends_with(": " + check.name.text()) ||
         error.message.ends_with(": " + check.expression);
}

}  // namespace

RowChecks::RowChecks(const TablePlan& plan, Engine engine) : plan_(plan), evaluator_(engine) {
  for (const Check& check : plan.table->checks)
    if (std::optional<Expression> one = parse_expression(check.expression))
      checks_.push_back({&check, std::move(*one)});
  for (const Known& one : checks_) find_places(one.expression);
}

void RowChecks::find_places(const Expression& check) {
  for (const std::string& name : columns_in(check)) {
    const Column* column = column_of(*plan_.table, {Expression::Kind::column, name});
    std::size_t at = column ? place_of(plan_.part.columns, column->name) : nowhere;
    if (at != nowhere && plan_.wishes[at].dimensions == 0) places_[name] = at;
  }
}

const Check* RowChecks::meet(std::vector<Value>& row, std::uint64_t number, Dice& dice) {
  if (checks_.empty()) return nullptr;
  Remedy remedy(plan_, places_, evaluator_, row, number, dice);
  for (std::size_t attempt = 0;; ++attempt) {
    auto broken = std::ranges::find_if(checks_, [&](const Known& one) {
      return evaluator_.truth(one.expression, remedy.lookup()) == Truth::no;
    });
    if (broken == checks_.end()) return nullptr;
    if (attempt == most_remedies * checks_.size()) return broken->check;
    remedy.make(broken->expression, true);
  }
}

Error unmet(const Table& table, const Check& check) {
  std::vector<std::string> columns = columns_of_check(table, check);
  const std::string name = table.path.name.text();
  std::string of = columns.empty() ? name : fmt::format("{}.{}", name, join(columns, ", "));
  return Error(Fault::failed, fmt::format("{}: no value was found that the check {} allows: {}", of,
                                          check.name.text(), check.expression))
      .hint(fmt::format(
          R"(Say what values there are with --profile FILE: {{"tables": {{"{}": {{"columns": {{"{}": {{"values": {{"…": 1}}}}}}}}}}}}.)",
          name, columns.empty() ? "…" : columns.front()));
}

std::optional<Error> unmet_by(const Catalog& catalog, const DatabaseError& error) {
  if (error.code != "23514" && error.code != "SQLITE_CONSTRAINT_CHECK") return std::nullopt;
  for (const Table& table : catalog.tables)
    for (const Check& check : table.checks)
      if (is_refused(error, table, check)) return unmet(table, check);
  return std::nullopt;
}

}  // namespace tidemark::seed
