#include "studio/query_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/json.h"
#include "studio/cells.h"

namespace tidemark::studio {
namespace {

/// Said in the title or as a fact, or of no use to who reads a plan.
constexpr std::string_view said_elsewhere[] = {
    "Node Type",           "Operation",         "Relation Name",      "Alias",        "Schema",
    "Index Name",          "Join Type",         "Subplan Name",       "Startup Cost", "Total Cost",
    "Plan Rows",           "Actual Rows",       "Actual Loops",       "Plan Width",   "Plans",
    "Actual Startup Time", "Actual Total Time", "Parent Relationship"};

std::optional<double> number_at(const json::object& node, std::string_view key) {
  const json::value* value = node.if_contains(key);
  if (!value || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

std::string title_of(const json::object& node) {
  std::string title = text_at(node, "Operation");  // of ModifyTable, which nobody writes
  if (title.empty()) title = text_at(node, "Node Type");
  if (std::string join = text_at(node, "Join Type"); !join.empty() && join != "Inner")
    title = fmt::format("{} ({})", title, join);
  if (std::string index = text_at(node, "Index Name"); !index.empty()) title += " using " + index;
  if (std::string table = text_at(node, "Relation Name"); !table.empty()) {
    title += " on " + table;
    if (std::string alias = text_at(node, "Alias"); alias != table) title += " as " + alias;
  }
  std::string part = text_at(node, "Subplan Name");
  return part.empty() ? title : fmt::format("{}: {}", part, title);
}

std::string rows_fact(const json::object& node) {
  double expected = number_at(node, "Plan Rows").value_or(0);
  std::optional<double> actual = number_at(node, "Actual Rows");
  if (!actual) return fmt::format("{} rows expected", js_number(expected));
  return fmt::format("{} rows, {} expected", js_number(*actual), js_number(expected));
}

json::array facts_of(const json::object& node) {
  json::array facts{json::string(rows_fact(node))};
  auto add = [&](const std::string& fact) { facts.push_back(json::string(fact)); };
  if (auto time = number_at(node, "Actual Total Time")) add(fmt::format("{:.3f} ms", *time));
  if (double loops = number_at(node, "Actual Loops").value_or(1); loops != 1)
    add(loops == 0 ? "never run" : fmt::format("{} times", js_number(loops)));
  if (auto cost = number_at(node, "Total Cost")) add(fmt::format("cost {:.2f}", *cost));
  return facts;
}

/// Empty for what says nothing: nested steps, flags, zeroes.
std::string detail_text(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_number() && value.to_number<double>() != 0)
    return js_number(value.to_number<double>());
  std::string out;
  if (const json::array* list = value.if_array())
    for (const json::value& one : *list)
      if (one.is_string()) out += (out.empty() ? "" : ", ") + std::string(one.get_string());
  return out;
}

json::array details_of(const json::object& node) {
  json::array details;
  for (const json::key_value_pair& pair : node) {
    std::string_view key = pair.key();
    if (std::ranges::find(said_elsewhere, key) != std::end(said_elsewhere)) continue;
    std::string text = detail_text(pair.value());
    if (!text.empty()) details.push_back(json::string(fmt::format("{}: {}", key, text)));
  }
  return details;
}

/// Time where it was measured, else what the planner reckons; with the steps below.
double weight_of(const json::object& node) {
  if (auto time = number_at(node, "Actual Total Time"))
    return *time * number_at(node, "Actual Loops").value_or(1);
  return number_at(node, "Total Cost").value_or(0);
}

json::object postgres_step(const json::object& node, double whole) {
  json::array children;
  double own = weight_of(node);
  if (const json::value* plans = node.if_contains("Plans"))
    for (const json::value& plan : plans->as_array()) {
      own -= weight_of(plan.as_object());
      children.push_back(postgres_step(plan.as_object(), whole));
    }
  // Below a LIMIT the steps are reckoned to their end, and workers side by side add up.
  double share = whole > 0 ? std::clamp(own / whole, 0.0, 1.0) : 0;
  return {{"title", title_of(node)},
          {"facts", facts_of(node)},
          {"details", details_of(node)},
          {"share", share},
          {"children", std::move(children)}};
}

json::array postgres_steps(const std::string& text) {
  json::array steps;
  json::value answer = parse_json(text, "EXPLAIN");
  for (const json::value& one : answer.as_array()) {
    const json::object& plan = one.as_object().at("Plan").as_object();
    steps.push_back(postgres_step(plan, weight_of(plan)));
  }
  return steps;
}

/// Rows are (id, parent, unused, what is done).
json::array sqlite_steps(const std::vector<std::vector<Value>>& rows, const Value& parent) {
  json::array steps;
  for (const std::vector<Value>& row : rows)
    if (row.at(1) == parent)
      steps.push_back(json::object{{"title", valid_text(row.at(3).value_or(""))},
                                   {"facts", json::array()},
                                   {"details", json::array()},
                                   {"children", sqlite_steps(rows, row.at(0))}});
  return steps;
}

}  // namespace

std::string explain_prefix(Engine engine, Explain explain) {
  bool postgres = engine == Engine::postgresql;
  if (explain == Explain::plan) return postgres ? "EXPLAIN (FORMAT JSON) " : "EXPLAIN QUERY PLAN ";
  if (!postgres) throw DatabaseError("SQLite plans a statement, but does not measure its steps");
  return "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ";
}

json::array plan_steps(const std::vector<std::vector<Value>>& rows, Engine engine) {
  if (engine != Engine::postgresql) return sqlite_steps(rows, "0");
  return rows.empty() ? json::array() : postgres_steps(rows.front().at(0).value_or("[]"));
}

}  // namespace tidemark::studio
