#include "cli/plan_view.h"

#include <fmt/format.h>

#include "base/text.h"
#include "engine/push.h"

namespace tidemark {
namespace {

constexpr std::size_t longest_line = 110;

/// The statement on one line, cut where it is long.
std::string short_sql(std::string_view sql) {
  std::string line;
  for (char c : trim(sql)) {
    bool white = c == '\n' || c == '\t' || c == ' ';
    if (!white)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.size() <= longest_line) return line;
  std::size_t end = longest_line;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return line.substr(0, end) + " …";
}

void show_sql(Console& console, std::string_view sql, PlanDetail detail) {
  if (detail == PlanDetail::short_sql) return console.say("     " + short_sql(sql));
  for (const std::string& line : split(trim(sql), "\n")) console.say("     " + line);
}

void show_text(Console& console, std::size_t number, const Statement& statement,
               PlanDetail detail) {
  std::string place;
  if (const auto& range = statement.origin.range; range)
    place = console.dim(fmt::format("  {}:{}", range->file, range->line));
  std::string why = statement.why.empty() ? "" : " " + console.bold(statement.why);
  console.say(fmt::format("{:3}.{}{}", number, why, place));
  show_sql(console, statement.sql, detail);
  if (!statement.lock.empty()) console.say("     " + console.dim("locks " + statement.lock));
  for (const Finding& finding : statement.findings)
    console.say(fmt::format(
        "     {} {}",
        console.yellow(std::string("! ") + std::string(hazard_name(finding.hazard)) + ":"),
        finding.message));
  if (!statement.in_transaction)
    console.say("     " + console.yellow("! runs outside a transaction"));
}

json::object statement_fields(std::size_t number, const Statement& statement) {
  json::array findings;
  for (const Finding& finding : statement.findings)
    findings.push_back(json::object{{"hazard", hazard_name(finding.hazard)},
                                    {"code", finding.code},
                                    {"message", finding.message}});
  json::object fields{{"number", number},
                      {"sql", statement.sql},
                      {"why", statement.why},
                      {"lock", statement.lock},
                      {"in_transaction", statement.in_transaction},
                      {"findings", std::move(findings)}};
  if (statement.origin.range) fields["at"] = place_fields(*statement.origin.range);
  return fields;
}

}  // namespace

void show_plan(Console& console, const Plan& plan, PlanDetail detail) {
  std::size_t number = 0;
  for (const Statement& statement : plan.statements) {
    ++number;
    if (console.json())
      console.event("statement", statement_fields(number, statement));
    else
      show_text(console, number, statement, detail);
  }
}

std::string undecided_name(const Undecided& one) {
  std::string name = one.what + " " + one.object.text();
  return one.what == "view" ? name : name + " of " + one.table.name.text();
}

}  // namespace tidemark
