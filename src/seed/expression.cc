#include "seed/expression.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace tidemark::seed {
namespace {

using Kind = Expression::Kind;

struct NotUnderstood {};

struct Piece {
  enum class Kind : std::uint8_t { word, name, text, number, sign, end };
  Kind kind = Kind::end;
  std::string text = {};  // of a word in small letters
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class PieceReader {
 public:
  explicit PieceReader(std::string_view sql) : sql_(sql) {}

  std::vector<Piece> all() {
    std::vector<Piece> out;
    do {
      out.push_back(next());
    } while (out.back().kind != Piece::Kind::end);
    return out;
  }

 private:
  char at(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }

  Piece next() {
    while (at() == ' ' || at() == '\n' || at() == '\t' || at() == '\r') ++at_;
    if (at() == '\0') return {};
    if ((at() == 'E' || at() == 'e') && at(1) == '\'') {
      ++at_;
      return {Piece::Kind::text, enclosed('\'', true)};
    }
    if (at() == '\'') return {Piece::Kind::text, enclosed('\'', false)};
    if (at() == '"' || at() == '`') return {Piece::Kind::name, enclosed(at(), false)};
    if (is_letter(at())) return {Piece::Kind::word, lower(run(is_letter))};
    if (is_digit(at()) || (at() == '.' && is_digit(at(1))))
      return {Piece::Kind::number, run([](char c) { return c == '.' || c == 'e'; })};
    return {Piece::Kind::sign, sign()};
  }

  /// Digits, and what else may be in it.
  std::string run(bool (*is_part)(char)) {
    std::size_t begin = at_;
    while (at() != '\0' && (is_part(at()) || is_digit(at()))) ++at_;
    return std::string(sql_.substr(begin, at_ - begin));
  }

  std::string enclosed(char quote, bool escapes) {
    std::string out;
    for (++at_; at() != '\0'; ++at_) {
      bool doubled = at() == quote && at(1) == quote;
      if (at() == quote && !doubled) return ++at_, out;
      if (doubled || (escapes && at() == '\\')) ++at_;
      out += at();
    }
    throw NotUnderstood();
  }

  std::string sign() {
    constexpr std::string_view of_operators = "<>=!~*%|&?@#-+/:";
    std::size_t begin = at_++;
    if (of_operators.find(sql_[begin]) == std::string_view::npos) return {sql_[begin]};
    while (at() != '\0' && of_operators.find(at()) != std::string_view::npos && at() != '-' &&
           at() != '+')
      ++at_;
    return std::string(sql_.substr(begin, at_ - begin));
  }

  std::string_view sql_;
  std::size_t at_ = 0;
};

Expression call(std::string what, std::vector<Expression> parts) {
  return {Kind::call, std::move(what), std::move(parts)};
}
Expression negated(Expression one) { return call("not", {std::move(one)}); }
Expression constant(std::string text) { return {Kind::constant, std::move(text)}; }

/// How an operator is called here, and whether it says the opposite.
struct Meaning {
  std::string_view written, name;
  bool negates = false;
};
constexpr Meaning comparisons[] = {
    {"=", "="},       {"==", "="},           {"<>", "<>"},     {"!=", "<>"},
    {"<", "<"},       {"<=", "<="},          {">", ">"},       {">=", ">="},
    {"~~", "like"},   {"!~~", "like", true}, {"~~*", "ilike"}, {"!~~*", "ilike", true},
    {"~", "~"},       {"!~", "~", true},     {"~*", "~*"},     {"!~*", "~*", true},
    {"like", "like"}, {"ilike", "ilike"},    {"glob", "glob"}, {"?", "?"},
    {"@>", "@>"},     {"similar", "similar"}};

class Parser {
 public:
  explicit Parser(std::string_view sql) : pieces_(PieceReader(sql).all()) {}

  Expression whole() {
    Expression out = either();
    if (here().kind != Piece::Kind::end) throw NotUnderstood();
    return out;
  }

 private:
  const Piece& here() const { return pieces_[at_]; }
  bool is(std::string_view text) const {
    return here().text == text &&
           (here().kind == Piece::Kind::word || here().kind == Piece::Kind::sign);
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view text) {
    if (!take(text)) throw NotUnderstood();
  }

  /// Parts that `word` joins.
  Expression joined(std::string_view word, Expression (Parser::*part)()) {
    Expression first = (this->*part)();
    if (!is(word)) return first;
    Expression out = call(std::string(word), {std::move(first)});
    while (take(word)) out.parts.push_back((this->*part)());
    return out;
  }

  Expression either() { return joined("or", &Parser::all); }
  Expression all() { return joined("and", &Parser::perhaps_not); }
  Expression perhaps_not() { return take("not") ? negated(perhaps_not()) : comparison(); }

  Expression comparison() {
    Expression left = sum();
    for (;;) {
      bool opposite = take("not");
      Expression before = left;
      if (take("is"))
        left = tested(std::move(left));
      else if (take("in"))
        left = call("in", with_list(std::move(left)));
      else if (take("between"))
        left = between(std::move(left));
      else if (const Meaning* found = meaning())
        left = compared(std::move(left), *found);
      else if (opposite)
        throw NotUnderstood();
      else
        return left;
      if (opposite) left = negated(std::move(left));
    }
  }

  const Meaning* meaning() {
    const auto* found =
        std::ranges::find_if(comparisons, [&](const Meaning& one) { return is(one.written); });
    if (found == std::end(comparisons)) return nullptr;
    ++at_;
    if (found->name == "similar") expect("to");
    return found;
  }

  Expression compared(Expression left, const Meaning& how) {
    std::string name(how.name);
    if (is("any") || is("all")) {
      std::string_view joint = take("any") ? "or" : (expect("all"), "and");
      std::vector<Expression> alternatives;
      for (Expression& one : array()) alternatives.push_back(call(name, {left, std::move(one)}));
      if (name == "=" && joint == "or") return in_list(std::move(left), std::move(alternatives));
      Expression out = call(std::string(joint), std::move(alternatives));
      if (!how.negates) return out;
      for (Expression& one : out.parts) one = negated(std::move(one));
      return out;
    }
    Expression out = call(name, {std::move(left), sum()});
    if (take("escape")) sum();
    return how.negates ? negated(std::move(out)) : out;
  }

  static Expression in_list(Expression left, std::vector<Expression> equalities) {
    Expression out = call("in", {std::move(left)});
    for (Expression& one : equalities) out.parts.push_back(std::move(one.parts[1]));
    return out;
  }

  /// `(ARRAY['a', 'b'])`, in as many parentheses as PostgreSQL likes.
  std::vector<Expression> array() {
    if (take("array")) return list("[", "]");
    expect("(");
    std::vector<Expression> out = array();
    expect(")");
    while (take("::")) type();
    return out;
  }

  std::vector<Expression> list(std::string_view open, std::string_view close) {
    expect(open);
    std::vector<Expression> out;
    while (!take(close)) {
      out.push_back(either());
      if (!is(close)) expect(",");
    }
    return out;
  }

  std::vector<Expression> with_list(Expression left) {
    std::vector<Expression> out = list("(", ")");
    out.insert(out.begin(), std::move(left));
    return out;
  }

  Expression between(Expression left) {
    take("symmetric");
    Expression low = sum();
    expect("and");
    Expression over = call(">=", {left, std::move(low)});
    return call("and", {std::move(over), call("<=", {std::move(left), sum()})});
  }

  /// Behind IS.
  Expression tested(Expression left) {
    bool opposite = take("not");
    Expression out;
    if (take("null") || take("unknown"))
      out = call("is null", {std::move(left)});
    else if (take("true"))
      out = call("is true", {std::move(left)});
    else if (take("false"))
      out = call("is false", {std::move(left)});
    else if (take("distinct"))
      return expect("from"), call(opposite ? "=" : "<>", {std::move(left), sum()});
    else
      out = call("=", {std::move(left), sum()});
    return opposite ? negated(std::move(out)) : out;
  }

  Expression chained(std::initializer_list<std::string_view> signs, Expression (Parser::*part)()) {
    Expression out = (this->*part)();
    for (;;) {
      const auto* found =
          std::ranges::find_if(signs, [&](std::string_view one) { return is(one); });
      if (found == signs.end()) return out;
      ++at_;
      out = call(std::string(*found), {std::move(out), (this->*part)()});
    }
  }

  Expression sum() { return chained({"+", "-", "||", "->", "->>"}, &Parser::product); }
  Expression product() { return chained({"*", "/", "%"}, &Parser::cast); }

  Expression cast() {
    if (take("-")) return minus(cast());
    Expression out = primary();
    for (;;) {
      if (take("::"))
        type();
      else if (take("collate"))
        name();
      else
        return out;
    }
  }

  static Expression minus(Expression one) {
    if (one.kind == Kind::constant) return constant("-" + one.text);
    return call("-", {constant("0"), std::move(one)});
  }

  Expression primary() {
    const Piece piece = here();
    ++at_;
    if (piece.kind == Piece::Kind::text || piece.kind == Piece::Kind::number)
      return constant(piece.text);
    if (piece.kind == Piece::Kind::name && is("(")) return call(piece.text, list("(", ")"));
    if (piece.kind == Piece::Kind::name) return column(piece.text);
    if (piece.kind == Piece::Kind::word) return word(piece.text);
    if (piece.text != "(") throw NotUnderstood();
    Expression out = either();
    expect(")");
    return out;
  }

  Expression word(const std::string& text) {
    static constexpr std::array moments = {"current_date", "current_timestamp", "localtimestamp"};
    if (text == "null") return {};
    if (text == "true" || text == "false") return constant(text);
    if (std::ranges::find(moments, text) != moments.end()) return call("now", {});
    if (text == "interval" && here().kind == Piece::Kind::text) return primary();
    if (text == "case") return choice();
    if (text == "array" || text == "select" || text == "row") throw NotUnderstood();
    if (!is("(")) return column(text);
    if (text == "cast") return cast_call();
    if (text == "position") return position();
    if (text == "trim") return trim_call();
    if (text == "substring") return substring();
    if (text == "regexp_like") return call("~", list("(", ")"));
    return call(text, list("(", ")"));
  }

  /// CASE WHEN a THEN b ELSE c END is a AND b OR NOT a AND c.
  Expression choice() {
    if (!take("when")) throw NotUnderstood();
    Expression condition = call("is true", {either()});
    expect("then");
    Expression first = call("and", {condition, either()});
    Expression rest;
    if (is("when"))
      rest = choice();
    else if (take("else"))
      rest = either(), expect("end");
    else
      expect("end");
    Expression otherwise = call("and", {negated(std::move(condition)), std::move(rest)});
    return call("or", {std::move(first), std::move(otherwise)});
  }

  Expression substring() {
    expect("(");
    Expression out = call("substr", {sum()});
    while (take("from") || take("for") || take(",")) out.parts.push_back(sum());
    expect(")");
    return out;
  }

  Expression cast_call() {
    expect("(");
    Expression out = either();
    expect("as");
    type();
    expect(")");
    return out;
  }

  /// POSITION(a IN b) is strpos(b, a).
  Expression position() {
    expect("(");
    Expression sought = sum();
    expect("in");
    Expression text = sum();
    expect(")");
    return call("strpos", {std::move(text), std::move(sought)});
  }

  Expression trim_call() {
    expect("(");
    if (take("both")) expect("from");
    Expression out = call("btrim", {sum()});
    expect(")");
    return out;
  }

  /// The last part of it: tables are named in SQLite's checks.
  Expression column(std::string text) {
    while (take(".")) {
      text = here().text;
      name();
    }
    return {Kind::column, std::move(text)};
  }

  void name() {
    if (here().kind != Piece::Kind::name && here().kind != Piece::Kind::word) throw NotUnderstood();
    ++at_;
    while (take(".")) ++at_;
  }

  /// character varying(20)[], timestamp without time zone
  void type() {
    name();
    for (std::string_view more : {"varying", "precision", "with", "without", "time", "zone"})
      take(more);
    if (take("(")) {
      while (here().kind == Piece::Kind::number || is(",")) ++at_;
      expect(")");
    }
    for (std::string_view more : {"with", "without", "time", "zone"}) take(more);
    while (take("[")) expect("]");
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
};

void collect(const Expression& expression, std::vector<std::string>& out) {
  bool is_new =
      expression.kind == Kind::column && std::ranges::find(out, expression.text) == out.end();
  if (is_new) out.push_back(expression.text);
  for (const Expression& part : expression.parts) collect(part, out);
}

}  // namespace

std::optional<Expression> parse_expression(std::string_view sql) {
  try {
    return Parser(sql).whole();
  } catch (const NotUnderstood&) {
    return std::nullopt;
  }
}

std::vector<std::string> columns_in(const Expression& expression) {
  std::vector<std::string> out;
  collect(expression, out);
  return out;
}

}  // namespace tidemark::seed
