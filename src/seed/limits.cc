#include "seed/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include "base/text.h"
#include "seed/expression.h"

namespace tidemark::seed {
namespace {

using ExpressionKind = Expression::Kind;

/// 13 and 13.00 are the same.
bool is_same(const std::string& one, const std::string& other) {
  if (one == other) return true;
  std::optional<double> amount = number_of(one);
  return amount && amount == number_of(other);
}

/// Reads the parts of checks that speak of one column and a constant; the rest is left to who
/// looks at whole rows (checks.h).
class LimitReader {
 public:
  LimitReader(const Column& column, Engine engine, double step, Limits& limits)
      : column_(column), engine_(engine), step_(step), limits_(limits) {}

  void read(const Expression& check) {
    if (check.calls("and"))
      for (const Expression& part : check.parts) read(part);
    else if (check.calls("not"))
      read_opposite(check.parts[0]);
    else if (is_column(check))
      limits_.choices = {boolean(true)};
    else if (check.calls("is true") || check.calls("is false"))
      read_boolean(check, check.calls("is true"), true);
    else if (check.calls("in") && is_column(check.parts[0]))
      limits_.choices = constants_of(check);
    else if (check.kind == ExpressionKind::call && check.parts.size() == 2)
      read_comparison(check);
  }

 private:
  void read_opposite(const Expression& one) {
    if (one.calls("is null") && is_column(one.parts[0])) limits_.required = true;
    if (one.calls("is true") || one.calls("is false"))
      read_boolean(one, one.calls("is false"), false);
    if (is_column(one)) limits_.choices = {boolean(false)};
    if (one.calls("=") && is_column(one.parts[0])) exclude(one.parts[1]);
    if (!one.calls("in") || !is_column(one.parts[0])) return;
    for (const Expression& part : std::span(one.parts).subspan(1)) exclude(part);
  }

  void read_boolean(const Expression& test, bool wanted, bool refuses_null) {
    if (!is_column(test.parts[0])) return;
    limits_.choices = {boolean(wanted)};
    limits_.required |= refuses_null;
  }

  void read_comparison(const Expression& check) {
    const Expression &left = check.parts[0], &right = check.parts[1];
    if (right.kind != ExpressionKind::constant) return;
    std::optional<double> number = number_of(right.text);
    if (is_length(left) && number) return read_length(check.text, *number);
    if (!is_column(left)) return;
    if (check.text == "<>") return exclude(right);
    if (check.text == "=" && !number) limits_.choices = {kept(right.text)};
    if (number) bound(check.text, *number, step_, limits_.least, limits_.most);
  }

  void read_length(const std::string& sign, double number) {
    std::optional<double> least, most;
    bound(sign, number, 1, least, most);
    if (least)
      limits_.shortest =
          std::max(limits_.shortest, static_cast<std::size_t>(std::max(*least, 0.0)));
    if (!most || *most < 0) return;
    auto longest = static_cast<std::size_t>(*most);
    limits_.longest = limits_.longest == 0 ? longest : std::min(limits_.longest, longest);
  }

  static void bound(const std::string& sign, double value, double step,
                    std::optional<double>& least, std::optional<double>& most) {
    if (sign == "=") least = most = value;
    if (sign[0] == '>') {
      double low = sign == ">" ? value + step : value;
      least = std::max(least.value_or(low), low);
    }
    if (sign[0] == '<' && sign != "<>") {
      double high = sign == "<" ? value - step : value;
      most = std::min(most.value_or(high), high);
    }
  }

  void exclude(const Expression& value) {
    if (value.kind == ExpressionKind::constant) limits_.excluded.push_back(kept(value.text));
  }

  /// Of a list behind IN, unless something else is in it.
  std::vector<std::string> constants_of(const Expression& list) const {
    std::vector<std::string> out;
    for (const Expression& part : std::span(list.parts).subspan(1)) {
      if (part.kind != ExpressionKind::constant) return limits_.choices;
      out.push_back(kept(part.text));
    }
    return out;
  }

  bool is_column(const Expression& one) const {
    return one.kind == ExpressionKind::column && lower(one.text) == lower(column_.name.text());
  }
  bool is_length(const Expression& one) const {
    bool measures =
        one.calls("length") || one.calls("char_length") || one.calls("character_length");
    return measures && one.parts.size() == 1 && is_column(one.parts[0]);
  }

  std::string boolean(bool value) const {
    if (engine_ == Engine::postgresql) return value ? "true" : "false";
    return value ? "1" : "0";
  }
  std::string kept(const std::string& text) const {
    return text == "true" || text == "false" ? boolean(text == "true") : text;
  }

  const Column& column_;
  Engine engine_;
  double step_;
  Limits& limits_;
};

/// varchar(20), char(3): the number in parentheses. PostgreSQL's char is one of 1.
std::size_t length_in(const std::string& type, Engine engine) {
  if (type == "char" && engine == Engine::postgresql) return 1;
  std::size_t open = type.find('(');
  bool text = type.starts_with("varchar") || type.starts_with("char") || type.starts_with("bpchar");
  return text && open != std::string::npos ? std::stoul(type.substr(open + 1)) : 0;
}

}  // namespace

const Column* column_of(const Table& table, const Expression& expression) {
  if (expression.kind != ExpressionKind::column) return nullptr;
  auto found = std::ranges::find_if(table.columns, [&](const Column& column) {
    return lower(column.name.text()) == lower(expression.text);
  });
  return found == table.columns.end() ? nullptr : &*found;
}

std::optional<double> number_of(const std::string& text) {
  double out = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  bool all = error == std::errc() && end == text.data() + text.size();
  return all ? std::optional(out) : std::nullopt;
}

bool is_whole_number(const std::string& type) {
  static constexpr std::array<std::string_view, 12> names = {
      "integer", "int",  "smallint", "bigint", "tinyint",     "mediumint",
      "int2",    "int4", "int8",     "serial", "smallserial", "bigserial"};
  std::string name = lower(type.substr(0, type.find_first_of(" (")));
  return type.find('[') == std::string::npos && std::ranges::find(names, name) != names.end();
}

double step_of(const std::string& type) {
  static constexpr std::array<std::string_view, 5> fractions = {"numeric", "decimal", "real",
                                                                "double", "float"};
  auto begins = [&](std::string_view name) { return type.starts_with(name); };
  if (std::ranges::none_of(fractions, begins)) return 1;
  std::size_t open = type.find('('), comma = type.find(',');
  if (open == std::string::npos || type.starts_with("float")) return 0.01;
  return comma == std::string::npos ? 1 : std::pow(10, -std::stoi(type.substr(comma + 1)));
}

bool allows(const Limits& limits, const Value& value) {
  if (!value) return !limits.required;
  auto is_value = [&](const std::string& one) { return is_same(one, *value); };
  if (std::ranges::any_of(limits.excluded, is_value)) return false;
  if (!limits.choices.empty() && std::ranges::none_of(limits.choices, is_value)) return false;
  if (value->size() < limits.shortest) return false;
  if (limits.longest > 0 && value->size() > limits.longest) return false;
  if (!limits.least && !limits.most) return true;
  std::optional<double> amount = number_of(*value);
  return !amount ||
         (*amount >= limits.least.value_or(*amount) && *amount <= limits.most.value_or(*amount));
}

std::vector<Ordering> orderings_of(const Table& table) {
  std::vector<Ordering> out;
  for (const Check& check : table.checks) {
    std::optional<Expression> one = parse_expression(check.expression);
    bool compares = one && (one->text[0] == '<' || one->text[0] == '>') && !one->calls("<>");
    if (!compares || one->parts.size() != 2) continue;
    const Column *left = column_of(table, one->parts[0]), *right = column_of(table, one->parts[1]);
    if (!left || !right) continue;
    if (one->text[0] == '>') std::swap(left, right);
    out.push_back({left->name, right->name, !one->text.ends_with('=')});
  }
  return out;
}

Limits limits_of(const Catalog& catalog, const Table& table, const Column& column) {
  Limits limits;
  std::string base = column.type.text.substr(0, column.type.text.find('['));
  for (const Enum& one : catalog.enums)
    if (one.path.name.text() == base &&
        (column.type.schema.empty() || one.path.schema == column.type.schema))
      limits.choices = one.values;
  limits.longest = length_in(lower(base), catalog.engine);
  LimitReader reader(column, catalog.engine, step_of(lower(base)), limits);
  for (const Check& check : table.checks)
    if (std::optional<Expression> one = parse_expression(check.expression)) reader.read(*one);
  return limits;
}

}  // namespace tidemark::seed
