#include "seed/limits.h"

#include <algorithm>
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

void read_choices(const std::string& expression, const std::string& column, Limits& limits) {
  std::regex list(column + R"(\s*(?:IN\s*\(|=\s*ANY\s*\(+\s*ARRAY\s*\[)([^\])]*(?:\)::[^\])]*)*))",
                  std::regex::icase);
  std::smatch match;
  if (std::regex_search(expression, match, list)) limits.choices = literals_in(match[1].str());
}

void bound(std::optional<double>& limit, double value, bool largest) {
  limit = limit ? (largest ? std::max(*limit, value) : std::min(*limit, value)) : value;
}

constexpr const char* number = R"(\s*\(?'?(-?\d+(?:\.\d+)?))";

void read_bounds(const std::string& expression, const std::string& column, double step,
                 std::optional<double>& least, std::optional<double>& most) {
  std::regex comparison(column + R"(\s*(>=|<=|<>|>|<|=))" + number, std::regex::icase);
  for (std::sregex_iterator i(expression.begin(), expression.end(), comparison), end; i != end;
       ++i) {
    double value = std::stod((*i)[2].str());
    std::string sign = (*i)[1].str();
    if (sign == "<>") continue;
    if (sign == "=") least = most = value;
    if (sign[0] == '>') bound(least, sign == ">" ? value + step : value, true);
    if (sign[0] == '<') bound(most, sign == "<" ? value - step : value, false);
  }
  std::regex between(column + R"(\s*BETWEEN)" + number + R"('?\)?(?:::\w+)?\s*AND)" + number,
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
  if (most && *most >= 0) limits.longest = static_cast<std::size_t>(*most);
}

/// varchar(20), char(3): the number in parentheses.
std::size_t length_in(const std::string& type) {
  std::size_t open = type.find('(');
  bool text = type.starts_with("varchar") || type.starts_with("char") || type.starts_with("bpchar");
  return text && open != std::string::npos ? std::stoul(type.substr(open + 1)) : 0;
}

}  // namespace

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
  limits.longest = length_in(lower(column.type.text));
  bool fraction = base.starts_with("numeric") || base.starts_with("real") ||
                  base.starts_with("double") || base.starts_with("decimal");
  std::string name = column_pattern(column);
  for (const Check& check : table.checks) {
    if (check.expression.find(column.name.text()) == std::string::npos) continue;
    read_choices(check.expression, name, limits);
    read_length(check.expression, name, limits);
    read_bounds(check.expression, name, fraction ? 0.01 : 1, limits.least, limits.most);
  }
  return limits;
}

}  // namespace tidemark::seed
