#include "seed/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>

#include "base/text.h"
#include "seed/limits.h"
#include "seed/moments.h"
#include "seed/pattern.h"

namespace tidemark::seed {
namespace {

using Kind = Expression::Kind;

// The same rows are made today and next year: what is before or after now is so for long.
constexpr const char* now_at_first = "2026-01-01 00:00:00";
constexpr const char* now_at_last = "2100-01-01 00:00:00";

Datum known(std::string text) { return {Datum::Kind::text, std::move(text)}; }
Datum number_datum(double number) { return known(fmt::format("{}", number)); }
Datum of_truth(Truth truth) {
  if (truth == Truth::puzzle) return {};
  if (truth == Truth::null) return {Datum::Kind::null};
  return known(truth == Truth::yes ? "true" : "false");
}

Truth of_bool(bool value) { return value ? Truth::yes : Truth::no; }

Truth opposite(Truth truth) {
  if (truth == Truth::yes) return Truth::no;
  return truth == Truth::no ? Truth::yes : truth;
}

Truth truth_of(const Datum& datum) {
  if (datum.kind != Datum::Kind::text)
    return datum.kind == Datum::Kind::null ? Truth::null : Truth::puzzle;
  if (datum.text == "true" || datum.text == "t" || datum.text == "1") return Truth::yes;
  return datum.text == "false" || datum.text == "f" || datum.text == "0" ? Truth::no
                                                                         : Truth::puzzle;
}

bool is_boolean(const std::string& text) { return text == "true" || text == "false"; }

int sign_of(int number) { return number < 0 ? -1 : number > 0; }

std::size_t characters_in(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string upper_text(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string initials_raised(std::string text) {
  text = lower(text);
  bool begins = true;
  for (char& c : text) {
    bool is_small = c >= 'a' && c <= 'z';
    if (begins && is_small) c = static_cast<char>(c - 'a' + 'A');
    begins = !is_small && (c < 'A' || c > 'Z') && (c < '0' || c > '9');
  }
  return text;
}

/// Below 0 for what is no list.
std::ptrdiff_t length_of_json(const std::string& text) {
  if (!text.starts_with('[')) return -1;
  return trim(text) == "[]" ? 0 : std::ranges::count(text, ',') + 1;
}

std::string kind_of_json(const std::string& text) {
  switch (text.empty() ? ' ' : text[0]) {
    case '{':
      return "object";
    case '[':
      return "array";
    case '"':
      return "string";
    case 't':
    case 'f':
      return "boolean";
    case 'n':
      return "null";
    default:
      return "number";
  }
}

/// A moment that is so much later.
Datum later(Datum moment, std::chrono::seconds by) {
  for (std::string* text : {&moment.text, &moment.upto}) {
    if (text->empty()) continue;
    std::optional<std::chrono::sys_seconds> when = moment_of(*text);
    if (!when) return {};
    *text = moment_text(*when + by);
  }
  return moment;
}

/// Also of a truth, which SQL's casts make 1 and 0.
std::optional<double> number_in(const Datum& datum) {
  if (is_boolean(datum.text)) return datum.text == "true" ? 1 : 0;
  return number_of(datum.text);
}

Datum sum_of(const std::string& sign, const Datum& left, const Datum& right) {
  bool adds = sign == "+";
  if (std::optional<std::chrono::seconds> by = interval_of(right.text); by && !left.text.empty())
    return later(left, adds ? *by : -*by);
  std::optional<double> one = number_in(left), other = number_in(right);
  if (!one || !other) return {};
  if (sign == "*") return number_datum(*one * *other);
  if (sign == "%" || sign == "mod")
    return *other == 0 ? Datum() : number_datum(std::fmod(*one, *other));
  return number_datum(adds ? *one + *other : *one - *other);
}

Datum function_of_text(const std::string& name, const std::string& text) {
  if (name == "length" || name == "char_length" || name == "character_length")
    return number_datum(static_cast<double>(characters_in(text)));
  if (name == "octet_length") return number_datum(static_cast<double>(text.size()));
  if (name == "lower") return known(lower(text));
  if (name == "upper") return known(upper_text(text));
  if (name == "btrim" || name == "trim") return known(std::string(trim(text)));
  if (name == "jsonb_typeof" || name == "json_typeof") return known(kind_of_json(text));
  if (name == "initcap") return known(initials_raised(text));
  if (name == "jsonb_array_length" || name == "json_array_length")
    return number_datum(static_cast<double>(length_of_json(text)));
  if (name == "abs")
    if (std::optional<double> number = number_of(text)) return number_datum(std::abs(*number));
  return {};
}

/// So many characters of a text's beginning or its end.
Datum end_of(bool first, const std::string& text, const std::string& length) {
  std::optional<double> wanted = number_of(length);
  if (!wanted || *wanted < 0) return {};
  std::size_t count = std::min(static_cast<std::size_t>(*wanted), text.size());
  return known(first ? text.substr(0, count) : text.substr(text.size() - count));
}

Datum function_of_two(const std::string& name, const Datum& left, const Datum& right) {
  static constexpr std::array arithmetic = {"+", "-", "*", "%", "mod"};
  if (std::ranges::find(arithmetic, name) != arithmetic.end()) return sum_of(name, left, right);
  if (name == "||") return known(left.text + right.text);
  if (name == "starts_with") return of_truth(of_bool(left.text.starts_with(right.text)));
  if (name == "?")
    return of_truth(of_bool(left.text.find("\"" + right.text + "\"") != std::string::npos));
  if (name == "@>") return of_truth(of_bool(left.text == right.text));  // others may as well
  if (name == "left" || name == "right") return end_of(name == "left", left.text, right.text);
  if (name == "strpos" || name == "instr") {
    std::size_t at = left.text.find(right.text);
    return number_datum(at == std::string::npos ? 0 : static_cast<double>(at + 1));
  }
  return {};
}

}  // namespace

std::optional<int> compare(const Datum& one, const Datum& other) {
  if (!one.upto.empty() || !other.upto.empty()) {
    const std::string &end = one.upto.empty() ? one.text : one.upto,
                      &other_end = other.upto.empty() ? other.text : other.upto;
    if (end < other.text) return -1;
    return one.text > other_end ? std::optional(1) : std::nullopt;
  }
  if (is_boolean(one.text) || is_boolean(other.text)) {
    Truth left = truth_of(one), right = truth_of(other);
    if (left == Truth::puzzle || right == Truth::puzzle) return std::nullopt;
    return static_cast<int>(left == Truth::yes) - static_cast<int>(right == Truth::yes);
  }
  std::optional<double> left = number_of(one.text), right = number_of(other.text);
  if (left && right) return *left < *right ? -1 : *left > *right;
  return sign_of(one.text.compare(other.text));
}

Truth Evaluator::truth(const Expression& expression, const Lookup& row) {
  return truth_of(evaluate(expression, row));
}

Datum Evaluator::evaluate(const Expression& expression, const Lookup& row) {
  if (expression.kind == Kind::null) return {Datum::Kind::null};
  if (expression.kind == Kind::constant) return known(expression.text);
  if (expression.kind == Kind::column) {
    const Value* value = row(expression.text);
    if (!value) return {};
    return *value ? known(**value) : Datum{Datum::Kind::null};
  }
  if (std::optional<Truth> found = test(expression, row)) return of_truth(*found);
  return function(expression, row);
}

/// Empty for what is no test.
std::optional<Truth> Evaluator::test(const Expression& expression, const Lookup& row) {
  const std::string& name = expression.text;
  if (name == "and") return conjunction(expression, row, Truth::no);
  if (name == "or") return conjunction(expression, row, Truth::yes);
  if (name == "not") return opposite(truth(expression.parts[0], row));
  if (name == "in") return membership(expression, row);
  if (regex_of(expression)) return match(expression, row);
  if (name == "=" || name == "<>" || name[0] == '<' || name[0] == '>')
    return comparison(expression, row);
  if (!name.starts_with("is ")) return std::nullopt;
  Datum datum = evaluate(expression.parts[0], row);
  if (datum.kind == Datum::Kind::puzzle) return Truth::puzzle;
  if (name == "is null") return of_bool(datum.kind == Datum::Kind::null);
  return of_bool(truth_of(datum) == (name == "is true" ? Truth::yes : Truth::no));
}

/// AND and OR: one part of the `decisive` kind is enough.
Truth Evaluator::conjunction(const Expression& expression, const Lookup& row, Truth decisive) {
  Truth out = opposite(decisive);
  for (const Expression& part : expression.parts) {
    Truth one = truth(part, row);
    if (one == decisive) return decisive;
    if (one == Truth::puzzle || (one == Truth::null && out != Truth::puzzle)) out = one;
  }
  return out;
}

Truth Evaluator::comparison(const Expression& expression, const Lookup& row) {
  Datum left = evaluate(expression.parts[0], row), right = evaluate(expression.parts[1], row);
  if (left.kind == Datum::Kind::null || right.kind == Datum::Kind::null) return Truth::null;
  if (!left.is_known() || !right.is_known()) return Truth::puzzle;
  std::optional<int> order = compare(left, right);
  // Too near to now to rely on.
  if (!order) return left.upto.empty() && right.upto.empty() ? Truth::puzzle : Truth::no;
  const std::string& sign = expression.text;
  if (sign == "=") return of_bool(*order == 0);
  if (sign == "<>") return of_bool(*order != 0);
  return of_bool((*order == 0 && sign.ends_with('=')) ||
                 (sign[0] == '<' ? *order < 0 : *order > 0));
}

Truth Evaluator::membership(const Expression& expression, const Lookup& row) {
  Datum sought = evaluate(expression.parts[0], row);
  if (!sought.is_known()) return truth_of(Datum{sought.kind});
  Truth out = Truth::no;
  for (const Expression& part : std::span(expression.parts).subspan(1)) {
    Datum one = evaluate(part, row);
    if (!one.is_known())
      out = truth_of(one);
    else if (compare(sought, one) == 0)
      return Truth::yes;
  }
  return out;
}

std::optional<std::string> Evaluator::regex_of(const Expression& test) const {
  if (test.kind != Kind::call || test.parts.size() != 2) return std::nullopt;
  const Expression& pattern = test.parts[1];
  bool is_similar = pattern.calls("similar_to_escape") || pattern.calls("similar_escape");
  if (is_similar && !pattern.parts.empty()) return regex_of_similar(pattern.parts[0].text);
  if (pattern.kind != Kind::constant) return std::nullopt;
  if (test.text == "like" || test.text == "ilike") return regex_of_like(pattern.text);
  if (test.text == "similar") return regex_of_similar(pattern.text);
  if (test.text == "glob") return regex_of_glob(pattern.text);
  if (test.text == "~" || test.text == "~*") return pattern.text;
  return std::nullopt;
}

/// LIKE of SQLite does.
bool Evaluator::ignores_case(const Expression& test) const {
  return test.text == "ilike" || test.text == "~*" ||
         (test.text == "like" && engine_ != Engine::postgresql);
}

Truth Evaluator::match(const Expression& expression, const Lookup& row) {
  Datum text = evaluate(expression.parts[0], row);
  if (!text.is_known()) return truth_of(Datum{text.kind});
  const std::regex* pattern = compiled(*regex_of(expression), ignores_case(expression));
  return pattern ? of_bool(std::regex_search(text.text, *pattern)) : Truth::puzzle;
}

/// Null for what the library does not understand.
const std::regex* Evaluator::compiled(const std::string& pattern, bool ignoring_case) {
  auto [place, is_new] = compiled_.try_emplace({pattern, ignoring_case});
  try {
    auto flags = std::regex::ECMAScript | std::regex::optimize;
    if (is_new) place->second.emplace(pattern, ignoring_case ? flags | std::regex::icase : flags);
  } catch (const std::regex_error&) {
  }
  return place->second ? &*place->second : nullptr;
}

Datum Evaluator::function(const Expression& expression, const Lookup& row) {
  const std::string& name = expression.text;
  std::vector<Datum> values;
  for (const Expression& part : expression.parts) values.push_back(evaluate(part, row));
  if (name == "now") return {Datum::Kind::text, now_at_first, now_at_last};
  auto is_puzzle = [](const Datum& one) { return one.kind == Datum::Kind::puzzle; };
  auto is_null = [](const Datum& one) { return one.kind == Datum::Kind::null; };
  if (std::ranges::any_of(values, is_puzzle)) return {};
  auto nulls = static_cast<double>(std::ranges::count_if(values, is_null));
  if (name == "num_nulls") return number_datum(nulls);
  if (name == "num_nonnulls") return number_datum(static_cast<double>(values.size()) - nulls);
  if (name == "coalesce") {
    auto found = std::ranges::find_if_not(values, is_null);
    return found == values.end() ? Datum{Datum::Kind::null} : *found;
  }
  if (nulls > 0) return {Datum::Kind::null};
  if (values.size() == 1) return function_of_text(name, values[0].text);
  bool is_beginning = name == "substr" && values.size() == 3 && values[1].text == "1";
  if (is_beginning) return end_of(true, values[0].text, values[2].text);
  return values.size() == 2 ? function_of_two(name, values[0], values[1]) : Datum();
}

}  // namespace tidemark::seed
