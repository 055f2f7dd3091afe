#include "seed/remedy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "seed/limits.h"
#include "seed/moments.h"
#include "seed/pattern.h"

namespace tidemark::seed {
namespace {

using Call = Expression;
using std::chrono::seconds;

constexpr std::string_view plain_words[] = {"amber", "Basin", "7", "x1", "CEDAR", "delta-2"};

/// The sign that says the opposite, and the one for the sides exchanged.
std::string opposite_sign(const std::string& sign) {
  static constexpr std::pair<std::string_view, std::string_view> pairs[] = {
      {"=", "<>"}, {"<>", "="}, {"<", ">="}, {">=", "<"}, {">", "<="}, {"<=", ">"}};
  for (const auto& [one, other] : pairs)
    if (sign == one) return std::string(other);
  return sign;
}
std::string mirrored(std::string sign) {
  if (sign[0] == '<' && sign != "<>")
    sign[0] = '>';
  else if (sign[0] == '>')
    sign[0] = '<';
  return sign;
}

bool is_comparison(const Call& call) {
  return call.parts.size() == 2 && (call.calls("=") || opposite_sign(call.text) != call.text);
}

/// Whether it is true or false, not a value.
bool is_test(const Call& call) {
  static constexpr std::array names = {"and", "or", "not", "in", "is null", "is true", "is false"};
  return call.kind == Call::Kind::call &&
         (is_comparison(call) || std::ranges::find(names, call.text) != names.end());
}

std::string plain_number(double number) {
  std::string out = fmt::format("{:.4f}", number);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out == "-0" ? "0" : out;
}

/// From near to far: what is near fits a narrow range, what is far differs from row to row.
double distance(double smallest, double largest, Dice& dice) {
  return smallest * std::pow(largest / smallest, dice.unit());
}

/// A whole number that a sign asks for, near to another.
double number_beside(const std::string& sign, double value, double step, Dice& dice) {
  if (sign == "=") return value;
  double by = step * std::floor(distance(1, 1000, dice));
  if (sign.ends_with('=') && dice.one_in(4)) by = 0;
  return sign[0] == '<' && sign != "<>" ? value - by : value + by;
}

/// A literal of JSON of that kind.
std::string json_of(const std::string& kind) {
  if (kind == "array") return "[1, 2]";
  if (kind == "object") return R"({"amber": 1})";
  if (kind == "string" || kind == "text") return R"("amber")";
  if (kind == "boolean" || kind == "true") return "true";
  return kind == "null" ? "null" : "7";
}

std::string lengthened(std::string text, std::size_t length, Dice& dice) {
  while (text.size() < length) text += static_cast<char>('a' + dice.below(26));
  text.resize(length);
  if (text.starts_with(' ')) text[0] = 'x';
  if (text.ends_with(' ')) text.back() = 'x';
  return text;
}

}  // namespace

Remedy::Remedy(const TablePlan& plan, const Places& places, Evaluator& evaluator,
               std::vector<Value>& row, std::uint64_t number, Dice& dice)
    : plan_(plan), evaluator_(evaluator), row_(row), number_(number), dice_(dice) {
  lookup_ = [this, &places](const std::string& name) -> const Value* {
    auto known = places.find(name);
    return known == places.end() ? nullptr : &row_[known->second];
  };
}

std::size_t Remedy::place(const Expression& expression) const {
  const Column* column = column_of(*plan_.table, expression);
  std::size_t at = column ? place_of(plan_.part.columns, column->name) : nowhere;
  if (at == nowhere || plan_.refers[at] || plan_.wishes[at].dimensions > 0) return nowhere;
  const Spread* spread = plan_.wishes[at].spread;  // the user's word
  return spread && gives_values(*spread) ? nowhere : at;
}

/// Inside of what leaves a text much as it is.
std::size_t Remedy::place_inside(const Expression& expression) const {
  static constexpr std::array wrappers = {"lower", "upper", "btrim", "trim", "coalesce"};
  const Expression* one = &expression;
  while (one->kind == Call::Kind::call && !one->parts.empty() &&
         std::ranges::find(wrappers, one->text) != wrappers.end())
    one = &one->parts[0];
  return place(*one);
}

void Remedy::put(std::size_t at, std::string text) {
  const Wish& wish = plan_.wishes[at];
  bool is_truth = text == "true" || text == "false";
  if (is_truth && wish.engine != Engine::postgresql) text = text == "true" ? "1" : "0";
  row_[at] = std::move(text);
}

void Remedy::renew(std::size_t at) { row_[at] = made_up(plan_.wishes[at], number_, dice_); }

void Remedy::make(const Expression& one, bool wanted) {
  if (one.calls("and")) return make_joined(one, wanted, wanted);
  if (one.calls("or")) return make_joined(one, wanted, !wanted);
  if (one.calls("not")) return make(one.parts[0], !wanted);
  if (one.calls("is null")) return make_null(one.parts[0], wanted);
  if (one.calls("is true")) return make(one.parts[0], wanted);
  if (one.calls("is false")) return make(one.parts[0], !wanted);
  if (one.calls("in")) return make_member(one, wanted);
  if (evaluator_.regex_of(one)) return make_matching(one, wanted);
  if (is_comparison(one)) return make_compared(one, wanted);
  if (std::size_t at = place(one); at != nowhere) return put(at, wanted ? "true" : "false");
  if (one.kind == Call::Kind::call) make_call(one, wanted);
}

/// All of the parts, or any.
void Remedy::make_joined(const Expression& expression, bool wanted, bool all) {
  if (!all) return make(expression.parts[dice_.below(expression.parts.size())], wanted);
  for (const Expression& part : expression.parts)
    if (evaluator_.truth(part, lookup_) == (wanted ? Truth::no : Truth::yes)) make(part, wanted);
}

void Remedy::make_null(const Expression& one, bool wanted) {
  const Column* column = column_of(*plan_.table, one);
  std::size_t at = column ? place_of(plan_.part.columns, column->name) : nowhere;
  if (at == nowhere) return;
  if (wanted && !column->not_null && !column->primary_key) row_[at].reset();
  if (!wanted && !row_[at] && place(one) != nowhere) renew(at);
}

void Remedy::make_member(const Expression& list, bool wanted) {
  if (wanted) {
    Datum one = evaluator_.evaluate(list.parts[1 + dice_.below(list.parts.size() - 1)], lookup_);
    if (one.is_known()) reach(list.parts[0], {"=", one});
  } else if (std::size_t at = place_inside(list.parts[0]); at != nowhere) {
    renew(at);
  }
}

void Remedy::make_matching(const Expression& test, bool wanted) {
  std::size_t at = place_inside(test.parts[0]);
  if (at == nowhere) return;
  if (!wanted) {
    if (dice_.one_in(2)) return renew(at);
    return put(at, std::string(plain_words[dice_.below(std::size(plain_words))]));
  }
  std::optional<Pattern> pattern = Pattern::parse(*evaluator_.regex_of(test));
  if (!pattern) return;
  std::string text;
  pattern->append(dice_, text);
  put(at, std::move(text));
}

void Remedy::make_compared(const Expression& comparison, bool wanted) {
  std::string sign = wanted ? comparison.text : opposite_sign(comparison.text);
  const Expression &left = comparison.parts[0], &right = comparison.parts[1];
  if (is_test(left) || is_test(right)) {
    bool first = dice_.one_in(2);
    make(left, first);
    return make(right, first == (sign == "="));
  }
  if (make_alike(comparison, sign)) return;
  Datum known = evaluator_.evaluate(right, lookup_);
  if (known.is_known() && reach(left, {sign, known})) return;
  known = evaluator_.evaluate(left, lookup_);
  if (known.is_known()) reach(right, {mirrored(sign), known});
}

/// x = lower(x): the column gets what the function makes of it.
bool Remedy::make_alike(const Expression& comparison, const std::string& sign) {
  for (bool swapped : {false, true}) {
    const Expression &plain = comparison.parts[swapped ? 1 : 0],
                     &other = comparison.parts[swapped ? 0 : 1];
    std::vector<std::string> within = columns_in(other);
    bool alike = plain.kind == Call::Kind::column && other.kind == Call::Kind::call &&
                 within.size() == 1 && within[0] == plain.text;
    std::size_t at = alike ? place(plain) : nowhere;
    if (at == nowhere || sign != "=") continue;
    Datum made = evaluator_.evaluate(other, lookup_);
    if (made.is_known()) put(at, made.text);
    return true;
  }
  return false;
}

void Remedy::make_call(const Expression& call, bool wanted) {
  std::size_t at = call.parts.empty() ? nowhere : place_inside(call.parts[0]);
  if (at == nowhere) return;
  if (!wanted || call.parts.size() != 2) return renew(at);
  Datum other = evaluator_.evaluate(call.parts[1], lookup_);
  if (!other.is_known()) return;
  if (call.calls("starts_with")) return put(at, other.text + row_[at].value_or(""));
  if (call.calls("?")) return put(at, fmt::format("{{\"{}\": {}}}", other.text, dice_.below(100)));
  if (call.calls("@>")) put(at, other.text);
}

/// Whether there was something to change.
bool Remedy::reach(const Expression& target, const Goal& goal) {
  if (std::size_t at = place(target); at != nowhere) return put_beside(at, goal);
  if (is_test(target) && goal.value.upto.empty())
    return make(target, goal.value.text == "true" || goal.value.text == "1"), true;
  return target.kind == Call::Kind::call && !target.parts.empty() && reach_call(target, goal);
}

bool Remedy::reach_call(const Expression& call, const Goal& goal) {
  static constexpr std::array lengths = {"length", "char_length", "character_length",
                                         "octet_length"};
  const std::string& name = call.text;
  if (std::ranges::find(lengths, name) != lengths.end()) return reach_length(call, goal);
  if (name == "+" || name == "-") return reach_sum(call, goal);
  if (name == "%" || name == "mod") return reach_remainder(call, goal);
  if (name == "strpos" || name == "instr") return reach_place(call, goal);
  if (name == "num_nulls" || name == "num_nonnulls") return reach_count(call, goal);
  std::size_t at = place_inside(call.parts[0]);
  if (at == nowhere) return false;
  if (name.ends_with("array_length")) return put(at, json_of("array")), true;
  if (name.starts_with("json")) return put(at, json_of(goal.value.text)), true;
  if (name == "left" || name == "substr")
    return put(at, goal.value.text + row_[at].value_or("")), true;
  if (name == "right") return put(at, row_[at].value_or("") + goal.value.text), true;
  if (name == "lower" || name == "upper" || name == "btrim" || name == "trim" || name == "coalesce")
    return put_beside(at, goal);
  return false;
}

/// x - y > 5 is x > 5 + y.
bool Remedy::reach_sum(const Expression& sum, const Goal& goal) {
  if (sum.parts.size() != 2) return false;
  auto value_of = [&](const Datum& datum) { return Expression{Call::Kind::constant, datum.text}; };
  Datum right = evaluator_.evaluate(sum.parts[1], lookup_);
  if (!right.is_known() || !goal.value.upto.empty()) return false;
  Expression inverse{
      Call::Kind::call, sum.calls("+") ? "-" : "+", {value_of(goal.value), value_of(right)}};
  Datum value = evaluator_.evaluate(inverse, lookup_);
  return value.is_known() && reach(sum.parts[0], {goal.sign, value});
}

bool Remedy::reach_remainder(const Expression& call, const Goal& goal) {
  std::size_t at = place(call.parts[0]);
  if (at == nowhere || !row_[at]) return false;
  Datum divisor = evaluator_.evaluate(call.parts[1], lookup_);
  std::optional<double> by = number_of(divisor.text), rest = number_of(goal.value.text);
  std::optional<double> now = number_of(*row_[at]);
  if (!by || !rest || !now || *by == 0) return false;
  double wanted = goal.sign == "=" ? *rest : std::fmod(*rest + 1, *by);
  put(at, plain_number(now.value_or(0) - std::fmod(now.value_or(0), *by) + wanted));
  return true;
}

bool Remedy::reach_length(const Expression& call, const Goal& goal) {
  std::size_t at = place_inside(call.parts[0]);
  std::optional<double> length = number_of(goal.value.text);
  if (at == nowhere || !length) return false;
  double wanted = std::max(number_beside(goal.sign, *length, 1, dice_), 0.0);
  if (goal.sign != "=") wanted = std::min(wanted, *length + 40);
  put(at, lengthened(row_[at].value_or(""), static_cast<std::size_t>(wanted), dice_));
  return true;
}

/// position('@' in x) > 1
bool Remedy::reach_place(const Expression& call, const Goal& goal) {
  std::size_t at = place_inside(call.parts[0]);
  Datum sought = evaluator_.evaluate(call.parts[1], lookup_);
  std::optional<double> wanted = number_of(goal.value.text);
  if (at == nowhere || !sought.is_known() || !wanted) return false;
  std::string text = replace_all(row_[at].value_or(""), sought.text, "");
  double where = goal.sign == "<>" ? 1 : number_beside(goal.sign, *wanted, 1, dice_);
  if (where < 1) return put(at, std::move(text)), true;
  auto before = static_cast<std::size_t>(std::min(where, *wanted + 8)) - 1;
  if (text.size() < before + 1) text = lengthened(text, before + 3, dice_);
  put(at, text.insert(before, sought.text));
  return true;
}

/// num_nonnulls(a, b) = 1: which of them is up to the dice.
bool Remedy::reach_count(const Expression& call, const Goal& goal) {
  std::optional<double> number = number_of(goal.value.text);
  if (!number) return false;
  double wanted = std::max(goal.sign == "=" || goal.sign.ends_with('=')
                               ? *number
                               : *number + (goal.sign[0] == '>' ? 1 : -1),
                           0.0);
  auto count = std::min(static_cast<std::size_t>(wanted), call.parts.size());
  std::size_t first = dice_.below(call.parts.size());
  for (std::size_t i = 0; i < call.parts.size(); ++i) {
    bool is_counted = i < count;
    make_null(call.parts[(first + i) % call.parts.size()], is_counted == call.calls("num_nulls"));
  }
  return true;
}

/// A value of the column that is so much more or less than the goal's.
bool Remedy::put_beside(std::size_t at, const Goal& goal) {
  const std::string& sign = goal.sign;
  bool below = sign[0] == '<' && sign != "<>";
  const std::string& edge = below || goal.value.upto.empty() ? goal.value.text : goal.value.upto;
  const std::string& type = plan_.wishes[at].type;
  if (sign == "=") return put(at, edge), true;
  if (std::optional<double> number = number_of(edge)) {
    double from = is_whole_number(type) ? std::floor(*number) : *number;
    put(at, plain_number(number_beside(sign, from, step_of(type), dice_)));
    return true;
  }
  if (std::optional<std::chrono::sys_seconds> when = moment_of(edge)) {
    bool is_date = type == "date";
    seconds by(static_cast<std::int64_t>(distance(is_date ? 86'400 : 1, 300 * 86'400, dice_)));
    std::chrono::sys_seconds beside = below ? *when - by : *when + by;
    put(at, is_date ? date_text(beside) : moment_text(beside));
    return true;
  }
  if (std::optional<seconds> time = type.starts_with("time") ? time_of(edge) : std::nullopt) {
    seconds by(static_cast<std::int64_t>(distance(1, 4 * 3600, dice_)));
    seconds beside = std::clamp(below ? *time - by : *time + by, seconds(0), seconds(86'399));
    put(at, time_text(beside));
    return true;
  }
  if (edge.empty() && sign[0] != '<') return renew(at), true;
  if (sign == "<>") return renew(at), true;
  put(at, below ? edge.substr(0, edge.size() - 1) : edge + "x");
  return true;
}

}  // namespace tidemark::seed
