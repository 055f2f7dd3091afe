#include "seed/pattern.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace tidemark::seed {
namespace {

struct OddPattern {};

constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz",
                           large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits = "0123456789",
                           marks = "-_.,:;!#$%&*+/=?@~^()[]{}<>|'\"\\`";
constexpr std::size_t usual_length = 8;  // more than `least`, where there is no end

std::string joined(std::initializer_list<std::string_view> sets) {
  std::string out;
  for (std::string_view one : sets) out += one;
  return out;
}

std::string without(const std::string& all, std::string_view taken) {
  std::string out;
  for (char c : all)
    if (taken.find(c) == std::string_view::npos) out += c;
  return out;
}

std::string everything() { return joined({small, large, digits, " ", marks}); }

/// Of \d and its like; empty for another letter.
std::string set_of(char letter) {
  if (letter == 'd') return std::string(digits);
  if (letter == 'w') return joined({small, large, digits, "_"});
  if (letter == 's') return " ";
  if (letter == 'D') return joined({small, large});
  if (letter == 'W') return "-. ";
  return letter == 'S' ? joined({small, digits}) : "";
}

std::string set_named(std::string_view name) {
  if (name == "alpha") return joined({small, large});
  if (name == "digit") return std::string(digits);
  if (name == "alnum") return joined({small, large, digits});
  if (name == "upper") return std::string(large);
  if (name == "lower") return std::string(small);
  if (name == "space" || name == "blank") return " ";
  if (name == "punct") return std::string(marks);
  if (name == "xdigit") return "0123456789abcdef";
  throw OddPattern();
}

/// A character of LIKE as one of a regular expression.
std::string escaped_character(char c) {
  constexpr std::string_view special = ".^$|()[]{}*+?\\";
  return special.find(c) == std::string_view::npos ? std::string(1, c) : std::string("\\") + c;
}

}  // namespace

std::string regex_of_like(std::string_view pattern) {
  std::string out = "^";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '%')
      out += "[\\s\\S]*";
    else if (pattern[i] == '_')
      out += "[\\s\\S]";
    else
      out += escaped_character(pattern[i] == '\\' && i + 1 < pattern.size() ? pattern[++i]
                                                                            : pattern[i]);
  }
  return out + "$";
}

std::string regex_of_glob(std::string_view pattern) {
  std::string out = "^";
  bool in_set = false;
  for (char c : pattern) {
    if (in_set || c == '[')
      out += c;
    else
      out += c == '*' ? ".*" : c == '?' ? "." : escaped_character(c);
    in_set = c == '[' || (in_set && c != ']');
  }
  return out + "$";
}

std::string regex_of_similar(std::string_view pattern) {
  std::string out = "^(?:";
  bool in_set = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    in_set = c == '[' || (in_set && c != ']');
    if (c == '\\' && i + 1 < pattern.size())
      out += {c, pattern[++i]};
    else if (!in_set && (c == '%' || c == '_'))
      out += c == '%' ? ".*" : ".";
    else
      out +=
          !in_set && (c == '.' || c == '^' || c == '$') ? escaped_character(c) : std::string(1, c);
  }
  return out + ")$";
}

class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_(text) {}

  Pattern whole() {
    Pattern out = choice();
    if (at_ < text_.size()) throw OddPattern();
    return out;
  }

 private:
  using Kind = Pattern::Kind;

  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) { return here() == c && at_ < text_.size() ? (++at_, true) : false; }
  char next() {
    if (at_ >= text_.size()) throw OddPattern();
    return text_[at_++];
  }

  static Pattern one_of(std::string characters) {
    if (characters.empty()) throw OddPattern();
    Pattern out;
    out.kind_ = Kind::characters;
    out.characters_ = std::move(characters);
    return out;
  }

  Pattern choice() {
    Pattern out;
    out.kind_ = Kind::choice;
    do {
      out.parts_.push_back(sequence());
    } while (take('|'));
    return out;
  }

  /// Anchors are passed over: what is made has nothing before and behind.
  Pattern sequence() {
    Pattern out;
    while (at_ < text_.size() && here() != '|' && here() != ')')
      if (!take('^') && !take('$')) out.parts_.push_back(repeated(single()));
    return out;
  }

  Pattern single() {
    char c = next();
    if (c == '(') return group();
    if (c == '[') return one_of(set());
    if (c == '.') return one_of(std::string(small));
    if (c == '\\') return escaped();
    if (c == '*' || c == '+' || c == '?' || c == '{') throw OddPattern();
    return one_of(std::string(1, c));
  }

  Pattern group() {
    if (take('?') && !take(':')) throw OddPattern();
    Pattern out = choice();
    if (!take(')')) throw OddPattern();
    return out;
  }

  Pattern escaped() {
    char c = next();
    std::string known = set_of(c);
    bool is_mark = std::string_view("0123456789").find(c) == std::string_view::npos &&
                   (small.find(c) == std::string_view::npos) &&
                   (large.find(c) == std::string_view::npos);
    if (!known.empty()) return one_of(std::move(known));
    if (!is_mark) throw OddPattern();
    return one_of(std::string(1, c));
  }

  std::string set() {
    bool opposite = take('^');
    std::string out;
    for (bool first = true; first || here() != ']'; first = false) add_to(out);
    ++at_;
    return opposite ? without(everything(), out) : out;
  }

  void add_to(std::string& out) {
    char c = next();
    if (c == '[' && take(':')) {
      std::size_t end = text_.find(":]", at_);
      if (end == std::string_view::npos) throw OddPattern();
      out += set_named(text_.substr(at_, end - at_));
      at_ = end + 2;
      return;
    }
    if (c == '\\') {
      c = next();
      if (std::string known = set_of(c); !known.empty()) return void(out += known);
    }
    bool is_range = here() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
    if (!is_range) return void(out += c);
    ++at_;
    for (int last = static_cast<unsigned char>(next()), one = static_cast<unsigned char>(c);
         one <= last; ++one)
      out += static_cast<char>(one);
  }

  Pattern repeated(Pattern one) {
    for (;;) {
      std::pair<std::size_t, std::size_t> times{0, usual_length};
      if (take('?'))
        times = {0, 1};
      else if (take('+'))
        times = {1, usual_length};
      else if (take('{'))
        times = bounds();
      else if (!take('*'))
        return one;
      take('?');  // as few as possible
      Pattern out;
      out.kind_ = Kind::repeat;
      std::tie(out.least_, out.most_) = times;
      out.parts_.push_back(std::move(one));
      one = std::move(out);
    }
  }

  std::size_t number() {
    std::size_t out = 0;
    if (digits.find(here()) == std::string_view::npos) throw OddPattern();
    while (at_ < text_.size() && digits.find(here()) != std::string_view::npos)
      out = std::min<std::size_t>(out * 10 + static_cast<std::size_t>(next() - '0'), 10'000);
    return out;
  }

  std::pair<std::size_t, std::size_t> bounds() {
    std::size_t least = number(), most = least;
    if (take(',')) most = here() == '}' ? least + usual_length : number();
    if (!take('}') || most < least) throw OddPattern();
    return {least, most};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<Pattern> Pattern::parse(std::string_view regex) {
  try {
    return PatternReader(regex).whole();
  } catch (const OddPattern&) {
    return std::nullopt;
  }
}

void Pattern::append(Dice& dice, std::string& out) const {
  if (kind_ == Kind::characters) {
    out += characters_[dice.below(characters_.size())];
  } else if (kind_ == Kind::choice) {
    parts_[dice.below(parts_.size())].append(dice, out);
  } else {
    std::size_t times = least_ + dice.below(most_ - least_ + 1);
    for (std::size_t i = 0; i < times; ++i)
      for (const Pattern& part : parts_) part.append(dice, out);
  }
}

}  // namespace tidemark::seed
