#include "connect/libsql/hrana.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace tidemark::hrana {
namespace {

json::value argument(const Value& value) {
  if (!value) return {{"type", "null"}};
  return {{"type", "text"}, {"value", *value}};
}

json::object statement(const Command& command, bool wants_rows = true) {
  json::array arguments;  // by name: `$1` is no position to SQLite
  for (const Value& value : command.parameters)
    arguments.push_back(
        {{"name", fmt::format("${}", arguments.size() + 1)}, {"value", argument(value)}});
  return {{"sql", command.sql}, {"named_args", std::move(arguments)}, {"want_rows", wants_rows}};
}

/// The server leaves the padding out.
std::string from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (char c : text) {
    std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  return out;
}

/// As SQLite prints it: 15 digits, and never without a point.
std::string float_text(double number) {
  std::string text = fmt::format("{:.15g}", number);
  return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

/// The server has no word for infinity, and none for its sign.
constexpr std::string_view infinite = "±Inf";
bool is_infinite(const json::value& cell) {
  return cell.at("type").as_string() == "float" && cell.at("value").is_null();
}

Value value_of(const json::value& cell) {
  std::string_view type = cell.at("type").as_string();
  if (type == "null") return std::nullopt;
  if (is_infinite(cell)) return std::string(infinite);
  if (type == "float") return float_text(cell.at("value").to_number<double>());
  if (type == "blob") return from_base64(cell.at("base64").as_string());
  return std::string(cell.at("value").as_string());
}

std::vector<std::string> columns_of(const json::value& result) {
  std::vector<std::string> out;
  for (const json::value& column : result.at("cols").as_array()) {
    const json::value* name = column.as_object().if_contains("name");
    out.emplace_back(name && name->is_string() ? name->as_string().c_str() : "");
  }
  return out;
}

Rows rows_of(const json::value& result) {
  Rows rows{.columns = columns_of(result), .rows = {}};
  for (const json::value& row : result.at("rows").as_array()) {
    std::vector<Value>& cells = rows.rows.emplace_back();
    for (const json::value& cell : row.as_array()) cells.push_back(value_of(cell));
  }
  return rows;
}

/// A value with its storage class; a real with all its digits.
void add_cell(ResultRow& row, const json::value& cell) {
  std::string_view type = cell.at("type").as_string();
  Value value = value_of(cell);
  CellKind kind = CellKind::text;
  if (type == "null") kind = CellKind::null;
  if (type == "integer") kind = CellKind::integer;
  if (type == "blob") kind = CellKind::blob;
  if (type == "float") kind = CellKind::real;
  if (type == "float" && !is_infinite(cell)) {
    std::string text = fmt::format("{}", cell.at("value").to_number<double>());
    bool whole = text.find_first_not_of("-0123456789") == std::string::npos;
    value = whole ? text + ".0" : text;
  }
  row.values.push_back(std::move(value));
  row.kinds.push_back(kind);
}

std::string code_of(std::string code, std::string_view message) {
  if (code.starts_with("TRANSACTION_")) return "SQLITE_BUSY";  // taken away by another writer
  static constexpr std::array kinds = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"UNIQUE constraint failed", "SQLITE_CONSTRAINT_UNIQUE"},
       {"FOREIGN KEY constraint failed", "SQLITE_CONSTRAINT_FOREIGNKEY"},
       {"NOT NULL constraint failed", "SQLITE_CONSTRAINT_NOTNULL"},
       {"CHECK constraint failed", "SQLITE_CONSTRAINT_CHECK"}});
  for (const auto& [words, kind] : kinds)
    if (message.find(words) != std::string_view::npos) return std::string(kind);
  return code == "SQLITE_UNKNOWN" ? "SQLITE_ERROR" : code;
}

/// `… (at offset 12)`
std::uint32_t take_position(std::string& message) {
  constexpr std::string_view words = " (at offset ";
  std::size_t at = message.rfind(words);
  if (at == std::string::npos) return 0;
  std::uint32_t offset = 0;
  const char* digits = message.data() + at + words.size();
  if (std::from_chars(digits, message.data() + message.size(), offset).ec != std::errc()) return 0;
  message.erase(at);
  return offset + 1;
}

}  // namespace

json::object batch_request(std::span<const Command> commands, const BatchOptions& options) {
  json::array steps;
  auto before_went_well = [&] { return json::object{{"type", "ok"}, {"step", steps.size() - 1}}; };
  for (const Command& command : commands) {
    json::object step{{"stmt", statement(command, options.wants_rows)}};
    if (!steps.empty()) step["condition"] = before_went_well();
    steps.push_back(std::move(step));
  }
  if (options.rolls_back)
    steps.push_back(json::object{{"stmt", statement({"ROLLBACK"})},
                                 {"condition", {{"type", "not"}, {"cond", before_went_well()}}}});
  return {{"type", "batch"}, {"batch", {{"steps", std::move(steps)}}}};
}

json::object parse_request(const std::string& sql) {
  json::array steps{{{"stmt", statement({"SELECT 1"})}},
                    {{"stmt", statement({sql})}, {"condition", {{"type", "error"}, {"step", 0}}}}};
  return {{"type", "batch"}, {"batch", {{"steps", std::move(steps)}}}};
}

json::object close_request() { return {{"type", "close"}}; }

BatchOutcome batch_outcome(const json::value& result, std::size_t statements) {
  BatchOutcome outcome;
  const json::array& results = result.at("step_results").as_array();
  const json::array& errors = result.at("step_errors").as_array();
  for (std::size_t i = 0; i < statements; ++i) {
    if (!results.at(i).is_null()) {
      outcome.rows.push_back(rows_of(results.at(i)));
      const json::value* took = results.at(i).as_object().if_contains("query_duration_ms");
      bool told = took && took->is_number();
      outcome.took_ms.push_back(told ? std::optional(took->to_number<double>()) : std::nullopt);
      continue;
    }
    outcome.error = errors.at(i).is_null() ? DatabaseError("it was skipped", "SQLITE_ABORT")
                                           : error_of(errors.at(i));
    outcome.error->index = i;
    break;
  }
  return outcome;
}

ResultEnd read_result(const json::value& result, const ResultSink& sink) {
  std::vector<ResultColumn> head;
  for (std::string& name : columns_of(result)) head.push_back({std::move(name), ""});
  ResultEnd end{.returns_rows = !head.empty()};
  if (end.returns_rows && sink.head) sink.head(head);
  for (const json::value& cells : result.at("rows").as_array()) {
    ResultRow row;
    for (const json::value& cell : cells.as_array()) add_cell(row, cell);
    if (sink.row && !sink.row(row)) break;
  }
  if (const json::value* count = result.as_object().if_contains("affected_row_count"))
    end.affected = count->to_number<std::uint64_t>();
  return end;
}

DatabaseError error_of(const json::value& error) {
  std::string message(error.at("message").as_string());
  const json::value* code = error.as_object().if_contains("code");
  constexpr std::string_view start = "SQLite error: ";
  if (message.starts_with(start)) message.erase(0, start.size());
  std::uint32_t position = take_position(message);
  DatabaseError out(message,
                    code_of(code && code->is_string() ? code->as_string().c_str() : "", message));
  out.position = position;
  return out;
}

}  // namespace tidemark::hrana
