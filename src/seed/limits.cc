#include "seed/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <regex>

#include "base/text.h"

namespace tidemark::seed {
namespace {

std::string escaped(const std::string& name) {
  static const std::regex special(R"([.^$|()\[\]{}*+?\\])");
  return std::regex_replace(name, special, R"(\$&)");
}

/// The column in an expression, by its name with or without quotes and casts.
std::string column_pattern(const Column& column) {
  std::string name = escaped(column.name.text());
  return R"((?:\b|["`]))" + name + R"((?:\b|["`])\)?(?:::[a-z ]+)?\)?)";
}

const std::regex& any_literal() {
  static const std::regex pattern(R"('((?:[^']|'')*)'|(?:^|[\s,(\[])(-?\d+(?:\.\d+)?))");
  return pattern;
}

std::vector<std::string> literals_in(const std::string& text) {
  std::vector<std::string> out;
  for (std::sregex_iterator i(text.begin(), text.end(), any_literal()), end; i != end; ++i)
    out.push_back((*i)[1].matched ? replace_all((*i)[1].str(), "''", "'") : (*i)[2].str());
  return out;
}

/// 13 and 13.00 are the same.
bool is_same(const std::string& one, const std::string& other) {
  if (one == other) return true;
  std::optional<double> amount = number_of(one);
  return amount && amount == number_of(other);
}

void read_choices(const std::string& expression, const std::string& column, Limits& limits) {
  std::regex list(column + R"(\s*(?:IN\s*\(|=\s*ANY\s*\(+\s*ARRAY\s*\[)([^\])]*(?:\)::[^\])]*)*))",
                  std::regex::icase);
  std::smatch match;
  if (std::regex_search(expression, match, list)) limits.choices = literals_in(match[1].str());
}

void read_exclusions(const std::string& expression, const std::string& column, Limits& limits) {
  std::regex list(
      column + R"(\s*(?:NOT\s+IN\s*\(|<>\s*ALL\s*\(+\s*ARRAY\s*\[)([^\])]*(?:\)::[^\])]*)*))",
      std::regex::icase);
  std::smatch match;
  if (std::regex_search(expression, match, list)) {
    std::vector<std::string> values = literals_in(match[1].str());
    limits.excluded.insert(limits.excluded.end(), values.begin(), values.end());
  }
  std::regex one(column + R"(\s*(?:<>|!=)\s*(\(?'(?:[^']|'')*'|\(?-?\d+(?:\.\d+)?))");
  for (std::sregex_iterator i(expression.begin(), expression.end(), one), end; i != end; ++i)
    for (std::string& value : literals_in((*i)[1].str()))
      limits.excluded.push_back(std::move(value));
}

/// `x IS NOT NULL`, and what is asked of a boolean.
void read_tests(const std::string& expression, const std::string& column, Engine engine,
                Limits& limits) {
  std::regex test(column + R"(\s+IS\s+(NOT\s+)?(NULL|TRUE|FALSE)\b)", std::regex::icase);
  for (std::sregex_iterator i(expression.begin(), expression.end(), test), end; i != end; ++i) {
    bool negated = (*i)[1].matched;
    std::string tested = lower((*i)[2].str());
    if (tested == "null") {
      limits.required |= negated;
      continue;
    }
    limits.required |= !negated;
    bool wanted = (tested == "true") != negated;
    if (engine == Engine::postgresql)
      limits.choices = {wanted ? "true" : "false"};
    else
      limits.choices = {wanted ? "1" : "0"};
  }
}

void bound(std::optional<double>& limit, double value, bool largest) {
  limit = limit ? (largest ? std::max(*limit, value) : std::min(*limit, value)) : value;
}

constexpr const char* number_pattern = R"(\s*\(?'?(-?\d+(?:\.\d+)?))";

void read_bounds(const std::string& expression, const std::string& column, double step,
                 std::optional<double>& least, std::optional<double>& most) {
  std::regex comparison(column + R"(\s*(>=|<=|<>|>|<|=))" + number_pattern, std::regex::icase);
  for (std::sregex_iterator i(expression.begin(), expression.end(), comparison), end; i != end;
       ++i) {
    double value = std::stod((*i)[2].str());
    std::string sign = (*i)[1].str();
    if (sign == "<>") continue;
    if (sign == "=") least = most = value;
    if (sign[0] == '>') bound(least, sign == ">" ? value + step : value, true);
    if (sign[0] == '<') bound(most, sign == "<" ? value - step : value, false);
  }
  std::regex between(
      column + R"(\s*BETWEEN)" + number_pattern + R"('?\)?(?:::\w+)?\s*AND)" + number_pattern,
      std::regex::icase);
  std::smatch match;
  if (!std::regex_search(expression, match, between)) return;
  bound(least, std::stod(match[1].str()), true);
  bound(most, std::stod(match[2].str()), false);
}

void read_length(const std::string& expression, const std::string& column, Limits& limits) {
  std::optional<double> least, most;
  std::string call = R"((?:char_length|character_length|length)\(+)" + column + R"(\)*)";
  read_bounds(expression, call, 1, least, most);
  if (least) limits.shortest = static_cast<std::size_t>(std::max(*least, 0.0));
  if (!most || *most < 0) return;
  auto longest = static_cast<std::size_t>(*most);
  limits.longest = limits.longest == 0 ? longest : std::min(limits.longest, longest);
}

/// varchar(20), char(3): the number in parentheses. PostgreSQL's char is one of 1.
std::size_t length_in(const std::string& type, Engine engine) {
  if (type == "char" && engine == Engine::postgresql) return 1;
  std::size_t open = type.find('(');
  bool text = type.starts_with("varchar") || type.starts_with("char") || type.starts_with("bpchar");
  return text && open != std::string::npos ? std::stoul(type.substr(open + 1)) : 0;
}

}  // namespace

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
  static const std::regex comparison(R"([\s("`]*(\w+)["`)]*\s*(>=|<=|>|<)\s*[("`]*(\w+)[\s"`)]*)");
  std::vector<Ordering> out;
  for (const Check& check : table.checks) {
    std::smatch match;
    if (!std::regex_match(check.expression, match, comparison)) continue;
    Name left(match[1].str()), right(match[3].str());
    if (!table.column(left) || !table.column(right)) continue;
    std::string sign = match[2].str();
    if (sign[0] == '>') std::swap(left, right);
    out.push_back({left, right, sign.size() == 1});
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
  bool fraction = base.starts_with("numeric") || base.starts_with("real") ||
                  base.starts_with("double") || base.starts_with("decimal");
  std::string name = column_pattern(column);
  for (const Check& check : table.checks) {
    if (check.expression.find(column.name.text()) == std::string::npos) continue;
    read_choices(check.expression, name, limits);
    read_exclusions(check.expression, name, limits);
    read_tests(check.expression, name, catalog.engine, limits);
    read_length(check.expression, name, limits);
    read_bounds(check.expression, name, fraction ? 0.01 : 1, limits.least, limits.most);
  }
  return limits;
}

}  // namespace tidemark::seed
