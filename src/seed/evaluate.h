// Whether a row meets a check, as far as that can be told without the database.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <string>

#include "connect/connection.h"
#include "seed/expression.h"

namespace tidemark::seed {

struct Datum {
  enum class Kind : std::uint8_t { puzzle, null, text };
  Kind kind = Kind::puzzle;
  std::string text = {};  // "true" and "false" of a boolean
  std::string upto = {};  // of now: somewhere between `text` and this

  bool is_known() const { return kind == Kind::text; }
};

enum class Truth : std::uint8_t { no, yes, null, puzzle };

class Evaluator {
 public:
  /// Null for a column that the database fills.
  using Lookup = std::function<const Value*(const std::string& column)>;

  explicit Evaluator(Engine engine) : engine_(engine) {}

  Datum evaluate(const Expression& expression, const Lookup& row);
  Truth truth(const Expression& expression, const Lookup& row);

  /// The regular expression that a test with a pattern is; empty for another test.
  std::optional<std::string> regex_of(const Expression& test) const;
  bool ignores_case(const Expression& test) const;

 private:
  Truth conjunction(const Expression& expression, const Lookup& row, Truth decisive);
  Truth comparison(const Expression& expression, const Lookup& row);
  Truth membership(const Expression& expression, const Lookup& row);
  Truth match(const Expression& expression, const Lookup& row);
  std::optional<Truth> test(const Expression& expression, const Lookup& row);
  Datum function(const Expression& expression, const Lookup& row);
  const std::regex* compiled(const std::string& pattern, bool ignoring_case);

  Engine engine_;
  std::map<std::pair<std::string, bool>, std::optional<std::regex>> compiled_;
};

/// How they compare: below 0, 0, above 0; empty where it cannot be told.
std::optional<int> compare(const Datum& one, const Datum& other);

}  // namespace tidemark::seed
